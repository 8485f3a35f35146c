import type { CardPictureFragment } from "../graphql";

interface Props {
  image: CardPictureFragment;
  /** For the picture at the top of the page. */
  eager?: boolean;
}

/** A picture in the sizes and formats that the CMS has made. */
export default function Picture({ image, eager = false }: Props) {
  const { responsive } = image;
  return (
    <picture>
      {responsive.sources.map((source) => (
        <source key={source.type} type={source.type} srcSet={source.srcset} sizes={responsive.sizes} />
      ))}
      <img
        src={responsive.src}
        alt={image.alt}
        width={responsive.width}
        height={responsive.height}
        loading={eager ? "eager" : "lazy"}
        fetchPriority={eager ? "high" : "auto"}
        decoding="async"
      />
    </picture>
  );
}
