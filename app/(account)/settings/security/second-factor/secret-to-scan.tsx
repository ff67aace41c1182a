import type { QrCode } from "@/features/totp/draw-qr-code";

/** A secret for an authenticator app: to be scanned, or typed in by hand. */
export function SecretToScan({ secret, qrCode }: { secret: string; qrCode: QrCode }) {
  return (
    <div className="flex flex-col gap-6 sm:flex-row sm:items-start">
      {/* Black on white in the dark too: some scanners read nothing else. */}
      <svg
        viewBox={`0 0 ${qrCode.size} ${qrCode.size}`}
        className="w-48 shrink-0 self-center rounded-control border border-border sm:self-start"
        role="img"
        aria-label="QR code with the secret for your authenticator app"
        shapeRendering="crispEdges"
      >
        <rect width={qrCode.size} height={qrCode.size} fill="#fff" />
        <path d={qrCode.path} fill="#000" />
      </svg>
      <div className="min-w-0">
        <p className="text-[0.9375rem] font-medium">1. Open your authenticator app and add an account</p>
        <p className="mt-4 text-[0.9375rem] font-medium">2. Scan the picture, or type this secret</p>
        <p className="mt-1.5 font-mono text-[0.9375rem] leading-relaxed break-words select-all">
          {secret.match(/.{1,4}/g)?.join(" ")}
        </p>
        <p className="mt-1.5 text-sm text-muted">
          Type: time-based. Whoever has this secret has your codes: show it to nobody.
        </p>
      </div>
    </div>
  );
}
