"""Fines of different currencies in common measures: US dollars at a dated rate, and multiples of GDP per head.

Rates and figures are parameters (params.yaml, `compare:`), each with its source; none is built in. A jurisdiction
without one gets empty cells, and the table of conversions says so.
"""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

from pydantic import Field, field_validator, model_validator

from pipeline.packs import load_pack, pack_codes
from pipeline.yamls import PackError, Strict, validated


class Rate(Strict):
    """What a US dollar cost on a day."""

    per_usd: float = Field(gt=0)
    date: datetime.date
    source: str = Field(min_length=1)
    note: str = ""


class GdpPerCapita(Strict):
    """Gross domestic product per head at current prices, in the jurisdiction's currency."""

    amount: float = Field(gt=0)
    year: int = Field(ge=1950, le=2100)
    source: str = Field(min_length=1)
    note: str = ""


class CompareParams(Strict):
    """`compare:` of params.yaml."""

    dates: list[datetime.date]
    rates: dict[str, Rate] = Field(default_factory=dict)  # by ISO 4217 code of the currency
    gdp_per_capita: dict[str, GdpPerCapita] = Field(default_factory=dict)  # by code of the jurisdiction

    @field_validator("dates", mode="after")
    @classmethod
    def _two(cls, dates: list[datetime.date]) -> list[datetime.date]:
        if len(dates) != 2 or dates[0] >= dates[1]:
            raise ValueError("give two days, the earlier first, as [2025-12-11, 2026-01-02]")
        return dates

    @model_validator(mode="after")
    def _known(self) -> CompareParams:
        for currency in self.rates:
            if not (len(currency) == 3 and currency.isalpha() and currency.isupper()):
                raise ValueError(f"rates: {currency!r} is no currency code; write it as IDR")
        for code in self.gdp_per_capita:
            if code not in pack_codes():
                raise ValueError(f"gdp_per_capita: no pack {code!r}; packs are {', '.join(pack_codes())}")
        return self


def compare_params(params: dict[str, Any]) -> CompareParams:
    """The block `compare:` of params.yaml.

    Raises:
        PackError: the block is missing or invalid; the message names the key and what it takes.
    """
    file = Path("params.yaml")
    if "compare" not in params:
        raise PackError(f"{file}: the block `compare` is missing: dates, rates, gdp_per_capita; see the comments there")
    return validated(CompareParams, params["compare"], file, "compare")


class Money:
    """Converts fines by the given rates and figures."""

    def __init__(self, settings: CompareParams) -> None:
        self.settings = settings

    def usd(self, amount: int | None, currency: str) -> float | None:
        """US dollars, to the cent; None where there is no amount or no rate."""
        rate = self.settings.rates.get(currency)
        return None if amount is None or rate is None else round(amount / rate.per_usd, 2)

    def gdp_multiple(self, amount: int | None, currency: str, code: str) -> float | None:
        """Multiples of GDP per head, to three places; None where amount or figure is missing or in another currency."""
        figure = self.settings.gdp_per_capita.get(code)
        if amount is None or figure is None or currency != load_pack(code).currency:
            return None
        return round(amount / figure.amount, 3)

    def columns(self, code: str, currency: str, **fines: int | None) -> dict[str, float | None]:
        """`<name>_usd` and `<name>_gdp_per_capita` of each fine given by name."""
        found: dict[str, float | None] = {}
        for name, amount in fines.items():
            found[f"{name}_usd"] = self.usd(amount, currency)
            found[f"{name}_gdp_per_capita"] = self.gdp_multiple(amount, currency, code)
        return found

    def conversions(self, codes: list[str]) -> list[dict[str, Any]]:
        """What was used for each jurisdiction, and what was missing."""
        rows = []
        for code in codes:
            currency = load_pack(code).currency
            rate = self.settings.rates.get(currency)
            figure = self.settings.gdp_per_capita.get(code)
            notes = [n.note for n in (rate, figure) if n is not None and n.note]
            if rate is None:
                notes.append(
                    f"params.yaml gives no rate for {currency or 'its currency'}: fines in US dollars are left empty."
                )
            if figure is None:
                notes.append("params.yaml gives no GDP per head: multiples of it are left empty.")
            rows.append(
                {
                    "jurisdiction": code,
                    "currency": currency,
                    "currency_per_usd": rate.per_usd if rate else None,
                    "rate_date": rate.date.isoformat() if rate else "",
                    "rate_source": rate.source if rate else "",
                    "gdp_per_capita": figure.amount if figure else None,
                    "gdp_year": figure.year if figure else None,
                    "gdp_source": figure.source if figure else "",
                    "note": " ".join(notes),
                }
            )
        return rows
