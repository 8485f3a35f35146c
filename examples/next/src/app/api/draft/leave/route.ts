import { cookies, draftMode } from "next/headers";
import { redirect } from "next/navigation";
import { DRAFT } from "../../../../cms";

export async function GET(): Promise<Response> {
  (await draftMode()).disable();
  (await cookies()).delete(DRAFT);
  redirect("/");
}
