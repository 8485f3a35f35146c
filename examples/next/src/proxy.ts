/**
 * What must be known before a page is drawn: its Content-Security-Policy with a nonce, and the statuses that pages of
 * Next.js cannot have (301, 410). Next.js runs it before each page.
 */
import { type NextRequest, NextResponse } from "next/server";
import { localeOf } from "../../shared/words";
import { movedPaths } from "./moved";

const CMS_URL = process.env.CMS_URL ?? "http://localhost:8000";

export async function proxy(request: NextRequest): Promise<NextResponse> {
  const path = `${request.nextUrl.pathname.replace(/\/$/, "")}/`;
  if (path === "/") return NextResponse.redirect(new URL("/sl/", request.url), 302);
  const moved = (await movedPaths()).get(path);
  if (moved?.location)
    return NextResponse.redirect(new URL(moved.location, request.url), moved.permanent ? 301 : 302);

  const nonce = btoa(crypto.randomUUID());
  const policy = [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${process.env.NODE_ENV === "development" ? " 'unsafe-eval'" : ""}`,
    `style-src 'self' 'nonce-${nonce}'`,
    `img-src 'self' ${CMS_URL}`,
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
  const headers = new Headers(request.headers);
  headers.set("Content-Security-Policy", policy);
  headers.set("X-Path", path);
  const response = moved
    ? NextResponse.rewrite(new URL(`/${localeOf(path)}/gone/`, request.url), { status: 410, request: { headers } })
    : NextResponse.next({ request: { headers } });
  response.headers.set("Content-Security-Policy", policy);
  response.headers.set("X-Content-Type-Options", "nosniff");
  response.headers.set("Referrer-Policy", "strict-origin-when-cross-origin");
  return response;
}

export const config = { matcher: "/((?!api/|_next/|icon.svg).*)" };
