"""How a reader recognises what a gold fact says: stems of the vocabulary's elements, and numbers in words.

Reads   nothing. Written from the vocabulary and the texts, not from the packs; `locate_gold` alone uses it.
"""

from __future__ import annotations

ID_UNITS = ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas"]
EN_UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
EN_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def say(n: int, language: str) -> str:
    """A whole number in words."""
    return _id(n) if language == "id" else _en(n)


def _id(n: int) -> str:
    if n < 12:
        return ID_UNITS[n]
    if n < 20:
        return f"{_id(n - 10)} belas"
    for size, name in ((10**9, "miliar"), (10**6, "juta"), (1000, "ribu"), (100, "ratus"), (10, "puluh")):
        if n >= size:
            many, rest = divmod(n, size)
            said = f"se{name}" if many == 1 and size < 10**6 else f"{_id(many)} {name}"
            return said + (f" {_id(rest)}" if rest else "")
    raise ValueError(n)


def _en(n: int) -> str:
    if n < 20:
        return EN_UNITS[n]
    if n < 100:
        return EN_TENS[n // 10 - 2] + (f"-{EN_UNITS[n % 10]}" if n % 10 else "")
    for size, name in ((10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if n >= size:
            many, rest = divmod(n, size)
            return f"{_en(many)} {name}" + (f" {_en(rest)}" if rest else "")
    raise ValueError(n)


_EN = {
    "act.recruitment": r"recruit\w*",
    "act.transport": r"transport(?:ation|ed|ing|s)?\b",
    "act.transfer": r"\btransfer(?:red|ring|s)?\b",
    "act.harbouring": r"harbou?r\w*",
    "act.receipt": r"\baccept(?:s|ing)?\b|receiv(?:e|es|ing)\b(?!\s+(?:of\s+)?payments?)(?!\s+any)|\breceipt\b",
    "act.hiring": r"\bhir(?:e|es|ing)\b|\bemploy(?:s|ing)?\b",
    "act.offering": r"\boffer(?:s|ing)?\b",
    "act.adoption": r"\badopt(?:s|ing|ion)?\b",
    "act.providing": r"\bprovid(?:e|es|ing)\b|\bprovision\b",
    "act.obtaining": r"\bobtain(?:s|ing)?\b|\bacquir(?:e|ing)\b|\bprocur(?:e|es|ing)\b",
    "act.maintaining": r"\bmaintain(?:s|ing)?\b",
    "act.abduction": r"\babduct(?:s|ion|ing)?\b|\bkidnap\w*",
    "act.sale": r"\bsell(?:s|ing)?\b|\bsale\b",
    "act.purchase": r"\bbuy(?:s|ing)?\b|\bpurchas(?:e|ing)\b",
    "act.placing": r"\bplac(?:e|es|ing)\b",
    "act.matching": r"introduc(?:e|es|ing)\s+or\s+match(?:es|ing)?|\bmatch(?:ing)?\b",
    "act.organising_travel": r"\b(?:undertake|organi[sz]e|organi[sz]ing|undertaking)\b[^.;]{0,80}?\b(?:tours?|travel(?:\s+plans?)?)\b",
    "means.coercion": r"\bcoerc(?:e|es|ed|ing|ion)\b",
    "means.force": r"(?:\buse\s+of\s+)?\bforce\b|\bviolence\b",
    "means.threat_of_force": r"\bthreats?\b(?:\s+(?:or|of|to)\s+(?:the\s+)?(?:use\s+of\s+)?force)?",
    "means.giving_payment": r"\bgiv(?:e|es|ing)\b(?:\s+(?:or|and)\s+receiv(?:e|ing))?(?:\s+of)?\s+payments?(?:\s+or\s+benefits?)?|\bpay\b",
    "means.receiving_payment": r"\breceiv(?:e|es|ing)\s+(?:of\s+)?payments?(?:\s+or\s+benefits?)?",
    "means.fraud": r"\bfraud\b",
    "means.deception": r"\bdeception\b|\bdeceit\b",
    "means.abuse_of_power": r"\babuse\s+of\s+(?:power|authority|position)(?:\s+or\s+(?:of\s+)?position\b(?!\s+of))?",
    "means.abuse_of_vulnerability": r"\b(?:taking\s+)?advantage\s+of\s+the\s+vulnerability|\bposition\s+of\s+vulnerability",
    "means.abduction": r"\babduct(?:ion|ing)?\b",
    "means.debt_bondage": r"\bdebt\s+bondage|\bpayment\s+of\s+(?:a\s+|the\s+)?debts?|\b(?:re)?imburs\w+[^.;]{0,40}\bdebt",
    "means.persuasion": r"\bpersuad\w+|\binduc(?:e|es|ed|ing|ements?)\b|\binfluenc(?:e|ing)\b|\bentic\w+",
    "means.blackmail": r"\bextort\w*|\bblackmail\w*",
    "means.confinement": r"\bconfine\w*|\bdetain\w*|\bdetention\b",
    "means.forgery": r"\bforg\w+|\bfalsif\w+",
    "purpose.prostitution": r"\bprostitution(?:\s+of\s+others)?\b|\bprostitute\b",
    "purpose.sexual_exploitation": r"\bsexual(?:\s+abuse\s+(?:and|or))?\s+exploitation|\bsexually\s+exploit\w*",
    "purpose.sexual_abuse": r"\bsexual(?:\s+exploitation\s+(?:and|or))?\s+abuse|\blascivious\s+conduct",
    "purpose.forced_labour": r"\bforced\s+labou?r(?:\s+or\s+services)?",
    "purpose.slavery": r"(?<!similar to )(?<!similar\nto )(?<!similar to\n)\bslavery\b",
    "purpose.servitude": r"\b(?:involuntary\s+)?servitude\b",
    "purpose.debt_bondage": r"\bdebt\s+bondage",
    "purpose.pornography": r"\bpornograph(?:y|ic\s+\w+)",
    "purpose.exploitation": r"(?<!sexual )(?<!sexual\n)\bexploitation\b(?!\s+of\s+the\s+prostitution)|\bexploitative\s+purposes",
    "purpose.organ_removal": r"\bremoval\s+(?:or\s+sale\s+)?of\s+(?:the\s+)?organs?|\bsale\s+of\s+organs|\btransfer\s+of\s+organs[^;,.]{0,40}",
    "purpose.csam_production": r"\b(?:creation|production)\b[^.;]{0,60}?\b(?:CSAEM|CSAM|material|OSAEC)\w*",
    "purpose.armed_conflict": r"\barmed\s+(?:conflicts?|activities)",
    "purpose.practices_similar_to_slavery": r"\bpractices\s+similar\s+to\s+slavery",
    "purpose.economic_exploitation": r"\beconomic(?:ally)?\s+exploit\w+",
    "purpose.illegal_adoption": r"\billegal\s+(?:child\s+)?adoptions?|\bchild[\s-]+laundering",
    "purpose.livestreaming": r"\b(?:live-?\s?)?stream(?:ing)?\b(?:\s+or\s+live-?stream(?:ing)?)?",
    "purpose.illicit_activities": r"\bdrugs?\b|\billegal\s+activities(?:\s+or\s+work)?",
    "purpose.begging": r"\bbeg(?:ging)?\b",
}
_ID = {
    "act.recruitment": r"\b(?:pe|me)rekrut\w*",
    "act.transport": r"\bpengangkutan\b|\bmengangkut\b",
    "act.transfer": r"\bpemindahan\b|\bmenyerahkan\b",
    "act.harbouring": r"\bpenampungan\b|\bmenampung\b",
    "act.receipt": r"\bpenerimaan\b|\bmenerima\b",
    "act.sending": r"\bpengiriman\b|\bmengirim(?:kan)?\b",
    "act.adoption": r"\bpengangkatan\s+anak\b",
    "act.hiring": r"\bmempekerjakan\b",
    "act.placing": r"\bmenempatkan\b",
    "act.abduction": r"\b(?:penculikan|menculik|melarikan|membawa\s+pergi)\b",
    "act.sale": r"\b(?:penjualan|menjual|memperjualbelikan)\b",
    "act.purchase": r"\b(?:pembelian|membeli)\b",
    "act.bringing_in": r"\bmemasukkan\s+orang\b[^.;]{0,20}?\bwilayah\b|\bmemasukkan\b",
    "act.taking_out": r"\bmembawa\b[^.;]{0,40}?\bke\s+luar\b",
    "means.threat_of_force": r"\bancaman\s+kekerasan\b",
    "means.force": r"\bpenggunaan\s+kekerasan\b|(?<!ancaman )(?<!ancaman\n)\bkekerasan\b",
    "means.coercion": r"\b(?:pemaksaan|memaksa\w*|paksaan)\b",
    "means.abduction": r"\bpenculikan\b",
    "means.confinement": r"\bpenyekapan\b|\bmenyekap\b",
    "means.forgery": r"\bpemalsuan\b|\bmemalsukan\b",
    "means.fraud": r"\bpenipuan\b",
    "means.deception": r"\btipu\s+muslihat\b|\bkebohongan\b|\bpenyesatan\b|\bmenipu\b",
    "means.abuse_of_power": r"\b(?:penyalahgunaan|menyalahgunakan)\s+(?:kekuasaan|kedudukan|wewenang)\w*",
    "means.abuse_of_vulnerability": r"\b(?:penyalahgunaan\s+(?:kekuasaan\s+atau\s+)?)?posisi\s+rentan\b|\bkerentanan\b",
    "means.debt_bondage": r"\bpen?jeratan\s+utang\b|\bjeratan\s+utang\b",
    "means.giving_payment": r"\bmemberi(?:kan)?\s+(?:bayaran(?:\s+atau\s+manfaat)?|sesuatu|uang)",
    "means.persuasion": r"\b(?:bujukan|membujuk|rangkaian\s+kebohongan)\b",
    "purpose.exploitation": r"\b(?:meng|di|ter)eksploitasi\w*|\beksploitasi\b(?!\s+(?:seksual|ekonomi|secara))",
    "purpose.prostitution": r"\b(?:pe|di)lacur\w*|\bprostitusi\b",
    "purpose.forced_labour": r"\bkerja(?:\s+atau\s+pelayanan)?\s+paksa\b",
    "purpose.slavery": r"(?<!serupa )(?<!dengan )(?<!serupa\n)\bperbudakan\b",
    "purpose.practices_similar_to_slavery": r"\bpraktik\s+serupa(?:\s+dengan)?\s+perbudakan\b",
    "purpose.oppression": r"\bpenindasan\b",
    "purpose.sexual_exploitation": r"\beksploitasi\s+(?:\w+\s+dan/atau\s+)?(?:secara\s+)?(?:\w+\s+dan/atau\s+)?seksual\b|\bmengeksploitasi\w*\s+secara\s+seksual\b|(?<=maksud )\bmemanfaatkan\s+organ\s+tubuh\s+seksual",
    "purpose.economic_exploitation": r"\b(?:men)?eksploitasi\s+(?:secara\s+)?ekonomi\w*|\bsecara\s+ekonomi\b|\bmemanfaatkan\s+tenaga\s+atau\s+kemampuan(?:\s+seseorang)?",
    "purpose.organ_removal": r"(?:\bmemindahkan\s+atau\s+)?\b(?:men)?transplantasi\w*\s+organ(?:\s+dan/atau\s+jaringan\s+tubuh)?|\bpengambilan\s+organ(?:\s+tubuh)?",
    "purpose.sexual_abuse": r"\bperbuatan\s+cabul\b|\bpencabulan\b|\bpercabulan\b",
    "purpose.pornography": r"\bpornografi\b",
    "purpose.illegal_adoption": r"\badopsi\s+ilegal\b",
    "purpose.armed_conflict": r"\bmiliter\b|\bkonflik\s+bersenjata\b",
}
ELEMENTS = {("en", k): v for k, v in _EN.items()} | {("id", k): v for k, v in _ID.items()}
