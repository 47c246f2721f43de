// The mail in the components of react-email, rendered with its defaults; the html goes to standard output.
import { createElement as e } from "react";
import { Body, Button, Container, Head, Heading, Html, Img, Link, Preview, Section, Text } from "@react-email/components";
import { render } from "@react-email/render";

const sans = "'Avenir Next', Avenir, 'Segoe UI', 'Helvetica Neue', Helvetica, Arial, sans-serif";
const text = { margin: "0 0 16px", fontSize: "17px", lineHeight: "27px", color: "#15282b" };
const fine = { margin: "0 0 12px", fontSize: "14px", lineHeight: "21px", color: "#e0e9e0" };
const gold = { color: "#f3d9a2", textDecoration: "underline" };
const site = "https://www.harbourandpine.example";
const cdn = "https://cdn.harbourandpine.example/a";

const mail = e(Html, { lang: "en" },
  e(Head, null, e("title", null, "A free check-up for your well-worn favourites")),
  e(Preview, null, "Zips, seams and soles looked over in Whitby, and a range that still fits on one page."),
  e(Body, { style: { margin: 0, backgroundColor: "#ece3d1", fontFamily: sans } },
    e(Container, { style: { maxWidth: "600px", backgroundColor: "#fbf7ee" } },
      e(Section, { style: { padding: "24px 40px" } },
        e(Link, { href: site }, e(Img, { src: `${cdn}/logo.png`, width: 240, height: 64, alt: "Harbour & Pine" }))),
      e(Section, null,
        e(Img, { src: `${cdn}/layers.jpg`, width: 600, height: 320, alt: "Wool layers drying on a washing line above a bay", style: { width: "100%", height: "auto" } }),
        e(Text, { style: { margin: "12px 40px 0", fontSize: "15px", lineHeight: "22px", fontStyle: "italic", color: "#4d5c58" } }, "A night on the line is enough for wool. Most days it needs no wash at all.")),
      e(Section, { style: { padding: "32px 40px 0" } },
        e(Text, { style: { margin: "0 0 8px", fontSize: "14px", lineHeight: "21px", fontWeight: "bold", color: "#b2361d" } }, "Good to see you again"),
        e(Heading, { as: "h1", style: { margin: 0, fontFamily: "Georgia, serif", fontSize: "36px", lineHeight: "42px", color: "#15282b" } }, "Good kit deserves a second look, and sometimes a second life")),
      e(Section, { style: { padding: "20px 40px 16px" } },
        e(Text, { style: text }, "Hello there,"),
        e(Text, { style: text }, "Whatever you have of ours has probably earned a check-up. Post it or bring it in, and we look over zips, seams and soles for nothing. You hear what it needs, and the price, before anyone threads a needle."),
        e(Text, { style: text }, "If you are after something else, three things are worth having at hand:"),
        e("ul", { style: { ...text, padding: "0 20px" } },
          e("li", null, "returns run to ", e("strong", null, "60 days"), ", walks included"),
          e("li", null, "repairs take ", e("strong", null, "ten working days"), ", most for less than £30"),
          e("li", null, "the range is still small enough to ", e(Link, { href: `${site}/range`, style: { color: "#1f4d3f", textDecoration: "underline" } }, "see on one page"))),
        e(Text, { style: text }, "There is nothing to decide now. The bench is here when you need it.")),
      e(Section, { style: { padding: "32px 40px", backgroundColor: "#f3d9a2" } },
        e(Heading, { as: "h2", style: { margin: "0 0 8px", fontFamily: "Georgia, serif", fontSize: "26px", lineHeight: "32px", color: "#15282b" } }, "A free check-up for any piece of ours you own"),
        e(Text, { style: text }, "We test zips, seams and soles, tell you what is needed and what it costs, then mend it or send it straight home."),
        e(Text, { style: text }, "Your code: ", e("strong", { style: { padding: "6px 14px", border: "2px dashed #15282b", letterSpacing: "2px" } }, "CHECKUP")),
        e(Text, { style: { ...fine, margin: 0, color: "#15282b" } }, "Terms of this offer: One Harbour & Pine item per customer, of any age. The check and the return post are free. Repairs are quoted first and done only with your agreement.")),
      e(Section, { style: { padding: "32px 40px 40px" } },
        e(Button, { href: `${site}/repairs/check-up`, style: { padding: "16px 30px", borderRadius: "3px", backgroundColor: "#b2361d", color: "#fbf7ee", fontSize: "18px", lineHeight: "22px", fontWeight: "bold" } }, "Book a free check-up"),
        e(Text, { style: { margin: "12px 0 0", fontSize: "15px", lineHeight: "22px", color: "#4d5c58" } }, "Post it or bring it in. You hear the price before we start.")),
      e(Section, { style: { padding: "32px 40px", backgroundColor: "#e0e9e0" } },
        e(Text, { style: { margin: "0 0 12px", fontFamily: "Georgia, serif", fontSize: "22px", lineHeight: "31px", fontStyle: "italic", color: "#15282b" } }, "Of every ten pieces that reach our bench, nine go home mended. The tenth goes home with an honest note."),
        e(Text, { style: { margin: 0, fontSize: "14px", lineHeight: "21px", fontWeight: "bold", color: "#1f4d3f" } }, "Repair workshop, Whitby")),
      e(Section, { style: { padding: "24px 40px 32px", backgroundColor: "#1f4d3f" } },
        e(Text, { style: fine }, "Prices include VAT. Our 60 days come on top of your legal rights and apply to things you have worn outdoors, washed before they are sent back. Repair prices are quoted before any work begins."),
        e(Text, { style: fine }, e(Link, { href: `${site}/returns`, style: gold }, "Returns policy"), ", ", e(Link, { href: `${site}/terms`, style: gold }, "terms of sale"), ", ", e(Link, { href: `${site}/privacy`, style: gold }, "privacy notice"), "."),
        e(Text, { style: fine }, "You get this letter because you said yes to hearing from us. ", e(Link, { href: `${site}/unsubscribe`, style: gold }, "Unsubscribe")),
        e(Text, { style: { ...fine, margin: 0 } }, "Harbour & Pine, 4 Quay Street, Whitby YO21 1AA")))));

process.stdout.write(await render(mail));
