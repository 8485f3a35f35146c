/** HTML of a RichText: the CMS has cleaned it. */
export default function Html({ html }: { html: string }) {
  return <div dangerouslySetInnerHTML={{ __html: html }} />;
}
