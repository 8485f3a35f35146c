// DRAFT_MODE_URL of the CMS: an editor comes with a code that is good once, and sees the site with drafts.
import { cookies, draftMode } from "next/headers";
import { redirect } from "next/navigation";
import { CMS_URL, DRAFT } from "../../../cms";

export async function GET(request: Request): Promise<Response> {
  const code = new URL(request.url).searchParams.get("code");
  const response = await fetch(`${CMS_URL}/graphql/draft-mode/`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ code }),
    cache: "no-store",
  });
  if (!response.ok) return new Response("This link was used. Open the site from the admin again.", { status: 401 });
  const { token, path, seconds } = await response.json();
  (await draftMode()).enable();
  (await cookies()).set(DRAFT, token, { httpOnly: true, secure: true, sameSite: "lax", path: "/", maxAge: seconds });
  redirect(path);
}
