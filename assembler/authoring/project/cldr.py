"""What Unicode CLDR says of locales: other codes of languages and territories, and the scripts they are written in.

All codes are in small letters; the languages are those with a code of two letters, and a few that others are told by.
From `languageAlias`, `territoryAlias` and `likelySubtags`, as Babel 2.19.0 has them, and `nb` for `no`. Copyright ©
1991-2025 Unicode, Inc.; Unicode License v3, https://www.unicode.org/license.txt.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final


def _each_to_its_own(written: str) -> Mapping[str, str]:
    """`own: other other; ...` as a mapping from each other code to its own."""
    entries = (entry.split(":") for entry in written.split(";"))
    return MappingProxyType({other: own.strip() for own, others in entries for other in others.split()})


LANGUAGES: Final = _each_to_its_own("""
    aa: aar; ab: abk; ae: ave; af: afr; ak: aka tw twi; am: amh; an: arg; ar: ara arb; as: asm; av: ava; ay: aym ayr;
    az: aze azj; ba: bak; be: bel; bg: bul; bho: bh bih; bi: bis; bm: bam; bn: ben; bo: bod tib; br: bre; bs: bos; ca:
    cat; ce: che; ch: cha; co: cos; cr: cre cwd; cs: ces cze; cu: chu; cv: chv; cy: cym wel; da: dan; de: deu ger; dv:
    div; dz: adp dzo; ee: ewe; el: ell gre; en: eng; eo: epo; es: spa; et: ekk est; eu: baq eus; fa: fas per pes; fa-af:
    drw prs tnf; ff: fuc ful; fi: fin; fil: tgl tl; fj: fij; fo: fao; fr: fra fre; fy: fry; ga: gle; gd: gla; gl: glg;
    gn: grn gug; gu: guj prp; gv: glv; ha: hau; he: heb iw; hi: hin; ho: hmo; hr: hrv scr; ht: hat; hu: hun; hy: arm
    hye; hz: her; ia: ina; id: in ind; ie: ile; ig: ibo; ii: iii; ik: esk ipk; io: ido; is: ice isl; it: ita; iu: ike
    iku; ja: jpn; jv: jav jw; ka: geo kat; kg: kng kon; ki: kik; kj: kua; kk: kaz; kl: kal; km: khm; kn: kan; ko: kor;
    kr: kau knc; ks: kas; ku: kmr kur; kv: kom kpv; kw: cor; ky: kir; la: lat; lb: ltz; lg: lug; li: lim; ln: lin; lo:
    lao; lt: lit; lu: lub; lv: lav lvs; mg: mlg plt; mh: mah; mi: mao mri; mk: mac mkd; ml: mal; mn: drh khk mon; mr:
    mar; ms: may msa zsm; mt: mlt; my: bur mya; na: nau; nb: no nob nor; nd: nde; ne: nep npi; ng: ndo; nl: dut nld; nn:
    nno; nr: nbl; nv: nav; ny: nya; oc: oci; oj: ojg oji; om: gaz orm; or: ori ory; os: oss; pa: pan; pi: pli; pl: pol;
    ps: pbu pus; pt: por; qu: que quz; rm: roh; rn: run; ro: mo mol ron rum; ru: rus; rw: kin; sa: cls san; sc: src srd;
    sd: snd; se: sme; sg: sag; si: sin; sk: slk slo; sl: slv; sm: smo; sn: sna; so: som; sq: alb als sqi; sr: scc srp;
    sr-latn: hbs sh; sr-me: cnr; ss: ssw; st: sot; su: sun; sv: swe; sw: swa swh; sw-cd: swc; ta: tam; te: tel; tg: tgk;
    th: tha; ti: tir; tk: tuk; tn: tsn; to: ton; tr: tur; ts: tso; tt: tat; ty: tah; ug: uig; uk: ukr; ur: urd; uz: uzb
    uzn; ve: ven; vi: vie; vo: vol; wa: wln; wo: wol; xh: xho; yi: ji ydd yid; yo: yor; za: zha zyb; zh: chi cmn zho;
    zu: zul
""")
"""The language, with a script or territory where it implies one, that another code means."""

TERRITORIES: Final = _each_to_its_own("""
    aq: fq nq; bf: hv; bj: dy; cd: zr; cw: an; de: dd; eu: qu; fm: pc; fr: fx; gb: uk; ki: ct; mm: bu; pa: pz; rs: cs
    yu; ru: su; sa: nt; tl: tp; um: jt mi pu wk; vn: vd; vu: nh; ye: yd; zw: rh
""")
"""The territory that a withdrawn code means; of those that became several, the first."""

SCRIPTS: Final = _each_to_its_own("""
    arab: sd ug; cyrl: kk ky mn sr tg; guru: pa; hans: zh; latn: az ha ku ms pi uz
""")
"""The script of a language that is written in several, where nothing else is said."""

REGIONAL_SCRIPTS: Final = _each_to_its_own("""
    arab: az-iq az-ir ha-cm ha-sd kk-af kk-cn kk-ir kk-mn ku-iq ku-ir ku-lb ky-cn ms-cc pa-pk tg-pk uz-af; cyrl: az-ru
    ku-am ku-az ku-ge ku-tm ug-kz ug-mn uz-cn; deva: pi-in sd-in; hant: zh-au zh-bn zh-gb zh-gf zh-hk zh-id zh-mo zh-pa
    zh-pf zh-ph zh-sr zh-th zh-tw zh-us zh-vn; latn: ky-tr sr-me sr-ro sr-tr; mong: mn-cn; mymr: pi-mm; sinh: pi-lk;
    thai: pi-th
""")
"""The script of such a language in a territory where it is another."""
