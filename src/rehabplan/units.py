"""The one list of units of measure. Unlike units are never mixed, summed or converted (domain.md §2)."""

from msgspec import Struct

from rehabplan.i18n import N_
from rehabplan.problems import Message, message
from rehabplan.text import key


class Unit(Struct, frozen=True):
    """A unit of measure: its id in plans and JSON, its names, and the words offices write for it."""

    id: str
    vi: str
    en: str
    words: tuple[str, ...] = ()
    whole: bool = True
    """Counted in whole items, so that 1.7 of it is a slip of the keyboard."""

    @property
    def name(self) -> Message:
        """The name in the language in use."""
        return message(self.en)


PERCENT = Unit(
    "percent", "%", N_("percent"), ("phần trăm", "tỷ lệ %", "tỷ lệ (%)", "(%)", "tỷ lệ"), whole=False
)
POINTS = Unit("percent-point", "điểm phần trăm", N_("percentage points"), ("điểm %",), whole=False)

UNITS: tuple[Unit, ...] = (
    PERCENT,
    POINTS,
    Unit("person", "người", N_("persons"), ("học viên", "persons", "person", "people")),
    Unit("patient", "bệnh nhân", N_("patients"), ("patient",)),
    Unit(
        "person-contact",
        "lượt người",
        N_("client contacts"),
        ("lượt khách hàng", "lượt khách", "lượt hội viên", "lượt bệnh nhân", "client contact"),
    ),
    Unit("contact", "lượt", N_("contacts"), ("lần", "lượt tiếp cận")),
    Unit("dossier", "hồ sơ", N_("dossiers"), ("bộ hồ sơ", "dossier")),
    Unit("model", "mô hình", N_("models"), ("model",)),
    Unit("club", "câu lạc bộ", N_("clubs"), ("clb", "club")),
    Unit(
        "commune",
        "xã, phường, thị trấn",
        N_("communes"),
        ("xã", "phường", "xã/phường", "xã, phường", "xã, thị trấn", "xã/phường/thị trấn",
         "xã - phường - thị trấn", "x/p/tt", "commune"),
    ),
    Unit(
        "district",
        "quận, huyện, thị xã",
        N_("districts"),
        ("quận", "huyện", "quận/huyện", "quận, huyện", "quận/huyện/thị xã", "q/h/tx", "district"),
    ),
    Unit("case", "vụ", N_("cases"), ("vụ việc", "case")),
    Unit("session", "buổi", N_("sessions"), ("cuộc", "session")),
    Unit("point", "điểm", N_("advice points"), ("điểm tư vấn", "advice point")),
    Unit("facility", "cơ sở", N_("facilities"), ("cơ sở cai nghiện", "facility")),
    Unit("family", "hộ", N_("families"), ("hộ gia đình", "gia đình", "family")),
    Unit("tip", "tin", N_("tips"), ("tin báo", "nguồn tin", "tip")),
    Unit("document", "văn bản", N_("documents"), ("kế hoạch", "nghị quyết", "document")),
    Unit("month", "tháng", N_("months"), ("month",)),
    Unit(
        "million-dong", "triệu đồng", N_("million đồng"), ("triệu đ", "trđ", "million dong"),
        whole=False,
    ),
)  # fmt: skip

_BY_ID = {unit.id: unit for unit in UNITS}
_BY_WORD = {key(word): unit for unit in UNITS for word in (unit.id, unit.vi, unit.en, *unit.words)}


def unit_of(text: str) -> Unit:
    """Return the unit that an id or an office's words name.

    Words of no known unit make a unit of their own, equal only to the same words (design.md §3).
    """
    known = _BY_ID.get(text) or _BY_WORD.get(key(text))
    return known or Unit(key(text), text, text, whole=False)


def is_known(text: str) -> bool:
    """Tell whether `text` is an id or an accepted word of a listed unit."""
    return text in _BY_ID or key(text) in _BY_WORD
