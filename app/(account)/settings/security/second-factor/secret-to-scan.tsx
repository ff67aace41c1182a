import type { QrCode } from "@/features/totp/draw-qr-code";
import type { Words } from "@/lib/i18n/messages";

interface SecretToScanProps {
  words: Words<"security.secondFactor.form.setUp">;
  secret: string;
  qrCode: QrCode;
}

/** A secret for an authenticator app: to be scanned, or typed in by hand. */
export function SecretToScan({ words, secret, qrCode }: SecretToScanProps) {
  return (
    <div className="flex flex-col gap-6 sm:flex-row sm:items-start">
      {/* Black on white in the dark too: some scanners read nothing else. */}
      <svg
        viewBox={`0 0 ${qrCode.size} ${qrCode.size}`}
        className="w-48 shrink-0 self-center rounded-control border border-border sm:self-start"
        role="img"
        aria-label={words.picture}
        shapeRendering="crispEdges"
      >
        <rect width={qrCode.size} height={qrCode.size} fill="#fff" />
        <path d={qrCode.path} fill="#000" />
      </svg>
      <div className="min-w-0">
        <p className="text-[0.9375rem] font-medium">{words.open}</p>
        <p className="mt-4 text-[0.9375rem] font-medium">{words.scan}</p>
        <p className="mt-1.5 font-mono text-[0.9375rem] leading-relaxed break-words select-all">
          {/* Its groups stand in the order of the secret in every language. */}
          <bdi dir="ltr">{secret.match(/.{1,4}/g)?.join(" ")}</bdi>
        </p>
        <p className="mt-1.5 text-sm text-muted">{words.secretHint}</p>
      </div>
    </div>
  );
}
