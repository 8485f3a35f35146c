// The webhook of the CMS: Settings → Receivers of changes there, with this address and the key CMS_WEBHOOK_KEY.
import { createHmac, timingSafeEqual } from "node:crypto";
import { revalidateTag } from "next/cache";
import { TAG } from "../../../cms";

const SECONDS = 300;

export async function POST(request: Request): Promise<Response> {
  const body = await request.text();
  const key = process.env.CMS_WEBHOOK_KEY;
  if (!key || !isSigned(key, request.headers, body)) return new Response(null, { status: 401 });
  // What is cached ends at once: who comes next sees the change.
  revalidateTag(TAG, { expire: 0 });
  return new Response(null, { status: 204 });
}

/** Whether the CMS has signed the message in the last minutes (Standard Webhooks 1.0). */
function isSigned(key: string, headers: Headers, body: string): boolean {
  const sent = headers.get("webhook-timestamp");
  if (Math.abs(Date.now() / 1000 - Number(sent)) > SECONDS) return false;
  const secret = Buffer.from(key.replace("whsec_", ""), "base64");
  const right = createHmac("sha256", secret).update(`${headers.get("webhook-id")}.${sent}.${body}`).digest();
  return (headers.get("webhook-signature") ?? "").split(" ").some((one) => {
    const value = Buffer.from(one.replace("v1,", ""), "base64");
    return value.length === right.length && timingSafeEqual(value, right);
  });
}
