export const dynamic = "force-dynamic";

export const metadata = { title: "Members" };

export default function RootLayout({ children }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}
