"""The published tables, and the sentences that say what they show: one place for every figure that is quoted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.packs import load_pack
from pipeline.report.words import Words, inert, words
