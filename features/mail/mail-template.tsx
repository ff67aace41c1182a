import { Body } from "@react-email/body";
import { Button } from "@react-email/button";
import { Container } from "@react-email/container";
import { Head } from "@react-email/head";
import { Html } from "@react-email/html";
import { Link } from "@react-email/link";
import { Preview } from "@react-email/preview";
import { render } from "@react-email/render";
import { Text } from "@react-email/text";

import { brand } from "@/brand";
import { directionOf } from "@/lib/i18n/languages";
import type { Translator } from "@/lib/i18n/translator";
import type { MailContent } from "./mail-content";
import { DARK_THEME, detailLabelStyle, STYLES } from "./mail-styles";

/**
 * Renders a mail as an HTML document.
 *
 * The one place in features/ that knows React: mail programs want tables and inline styles of 1999, and React Email
 * knows their quirks. React escapes every word, whoever wrote it. There are no pictures: nothing is fetched when the
 * mail is opened, and nobody can tell that it was.
 *
 * @see https://react.email/docs
 */
export async function renderTemplate(content: MailContent, t: Translator<"mails">): Promise<string> {
  return await render(<MailTemplate content={content} t={t} />);
}

interface MailTemplateProps {
  content: MailContent;
  /** Speaks the mail's language. */
  t: Translator<"mails">;
}

function MailTemplate({ content, t }: MailTemplateProps) {
  const { language, subject, greeting, paragraphs, details, action, code, footer } = content;
  const direction = directionOf(language);
  return (
    <Html lang={language} dir={direction}>
      <Head>
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>{subject}</title>
        <style>{DARK_THEME}</style>
      </Head>
      {/* Programs that show mails in a page of their own keep no more of the document than its body, or less. */}
      <Body className="page" lang={language} dir={direction} style={STYLES.page}>
        {/* What a list of mails shows beside the subject. */}
        <Preview>{paragraphs[0] ?? subject}</Preview>
        <Container lang={language} dir={direction} style={STYLES.frame}>
          <Text className="brand" style={STYLES.brand}>
            {brand.name}
          </Text>
          <Container className="card" style={STYLES.card}>
            <Text style={STYLES.paragraph}>{greeting}</Text>
            {paragraphs.map((text) => (
              <Text key={text} style={STYLES.paragraph}>
                {text}
              </Text>
            ))}
            {details && <Details details={details} direction={direction} />}
            {action && <Action {...action} instead={t("template.buttonFails")} />}
            {code && <Code {...code} />}
          </Container>
          <Text className="quiet" style={STYLES.footer}>
            {footer}
          </Text>
        </Container>
      </Body>
    </Html>
  );
}

/** Has a direction of its own: between words that are written from the right, the groups of an IPv6 address would change places. */
const IP_ADDRESS = /^[\da-f.:]+$/i;

interface DetailsProps {
  details: NonNullable<MailContent["details"]>;
  direction: "ltr" | "rtl";
}

function Details({ details, direction }: DetailsProps) {
  return (
    <table className="details" cellPadding="0" cellSpacing="0" style={STYLES.details}>
      <tbody>
        {details.map(({ label, value }) => (
          <tr key={label}>
            <th className="quiet" scope="row" style={detailLabelStyle(direction)}>
              {label}
            </th>
            <td style={STYLES.detailValue}>{IP_ADDRESS.test(value) ? <span dir="ltr">{value}</span> : value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Action({ label, url, instead }: NonNullable<MailContent["action"]> & { instead: string }) {
  return (
    <>
      <Button className="button" href={url} style={STYLES.button}>
        {label}
      </Button>
      <Text className="quiet" style={STYLES.address}>
        {instead}
        <br />
        <Link className="link" href={url} dir="ltr" style={STYLES.link}>
          {url}
        </Link>
      </Text>
    </>
  );
}

function Code({ label, value }: NonNullable<MailContent["code"]>) {
  return (
    <>
      <Text style={STYLES.codeLabel}>{label}</Text>
      <Text className="code" style={STYLES.code}>
        <span dir="ltr">{value}</span>
      </Text>
    </>
  );
}
