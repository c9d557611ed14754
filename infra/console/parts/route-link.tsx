import Link, { type LinkProps } from "@cloudscape-design/components/link";
import { useRouter } from "@tanstack/react-router";

/** A link within the console: it is followed without loading the page anew. */
export function RouteLink({ href, ...props }: LinkProps & { readonly href: string }) {
  const { history } = useRouter();
  return (
    <Link
      {...props}
      href={href}
      onFollow={(event) => {
        event.preventDefault();
        history.push(href);
      }}
    />
  );
}
