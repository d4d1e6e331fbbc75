"""The files beside the FAQ: site, categories, departments, notices, featured, ranking, pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from faq.markup.text import NO_TEXT
from faq.model.content import Category, Department, Notice, Origin, Ranking, TextPage
from faq.model.dates import format_moment
from faq.model.fields import Field
from faq.model.problem import Place, make_error, make_warning
from faq.model.site import Service, Site
from faq.read.documents import read_yaml
from faq.read.look import ROLES, read_pictures
from faq.read.raw import Raw, TableError
from faq.read.records import Loader

SITE_FIELDS = (
    Field("name", "名前", "line", required=True),
    Field("city", "市の名前", "line", required=True),
    Field("base_url", "アドレス", "site_address", required=True),
    Field("description", "説明", "line"),
    Field("label", "表記", "line"),
    Field("logo", "ロゴ", "picture"),
    Field("favicon", "ファビコン", "picture"),
    Field("share_image", "共有画像", "picture"),
    Field("character", "キャラクター", "picture"),
    Field("colour", "色", "colour"),
    Field("typeface", "書体", "typeface"),
    Field("footer", "フッター", "footer"),
    Field("home_url", "公式ホームページ", "url"),
    Field("contact_label", "問い合わせフォームの名前", "line"),
    Field("contact_url", "問い合わせフォーム", "contact"),
    Field("contact_form", "問い合わせの入口", "entrance"),
    Field("chat_label", "チャットの名前", "line"),
    Field("chat_url", "チャット", "url"),
    Field("opinion_url", "ご意見の送り先", "receiver"),
    Field("survey_items", "アンケートの項目", "lines"),
    Field("keeps_log", "アクセスの記録", "presence"),
    Field("links", "リンク", "links"),
    Field("phone_department", "総合案内の担当課", "line"),
    Field("formats", "書式", "formats"),
    Field("sample", "見本", "flag"),
    Field("search_store", "検索の置き場所", "store"),
    Field("names", "翻訳", "names"),
    Field("kept_names", "訳さない名前", "words"),
    Field("translate_address", "翻訳サービス", "service_template"),
    Field("translate_to", "訳す言語", "target_languages"),
    Field("services", "外部サービス", "raw"),
    Field("format_version", "形式", "number"),
)
SERVICE_FIELDS = (
    Field("name", "名前", "line", required=True),
    Field("script", "スクリプト", "script", required=True),
    Field("hosts", "接続先", "hosts"),
)
# The keys of categories.yml.
CLASSIFICATIONS = {
    "行政分野": "topics", "topics": "topics", "fields": "topics",
    "ライフイベント": "life_events", "life_events": "life_events",
}  # fmt: skip
CATEGORY_FIELDS = (
    Field("id", "id", "id", required=True),
    Field("name", "名前", "line", required=True),
    Field("description", "説明", "line"),
    Field("names", "翻訳", "names"),
    Field("always_shown", "常に表示", "flag"),
    Field("children", "下位", "raw"),
)
DEPARTMENT_FIELDS = (
    Field("id", "id", "id", required=True),
    Field("name", "名前", "line", required=True),
    Field("reading", "読み", "line"),
    Field("phone", "電話", "line"),
    Field("fax", "FAX", "line"),
    Field("mail", "メール", "line"),
    Field("place", "場所", "line"),
    Field("url", "ページ", "url"),
    Field("hours", "受付時間", "hours"),
    Field("note", "案内", "line"),
    Field("names", "翻訳", "names"),
    Field("always_shown", "常に表示", "flag"),
)
NOTICE_FIELDS = (
    Field("title", "題名", "line", required=True),
    Field("level", "重さ", "level"),
    Field("body", "本文", "markup"),
    Field("phone", "電話", "line"),
    Field("links", "リンク", "links"),
    Field("hours", "受付時間", "hours"),
    Field("departments", "担当課", "words"),
    Field("publish_from", "公開開始", "start"),
    Field("publish_until", "公開終了", "end"),
)
FEATURED_FIELDS = (
    Field("faqs", "注目のFAQ", "words"),
    Field("words", "注目のキーワード", "words"),
)
RANKING_FIELDS = (
    Field("first_day", "初日", "date"),
    Field("last_day", "最終日", "date"),
    Field("views", "閲覧数", "raw"),
)
PAGE_FIELDS = (
    Field("title", "題名", "line", required=True),
    Field("description", "説明", "line"),
    Field("order", "並び順", "number"),
    Field("old_addresses", "旧アドレス", "addresses"),
    Field("publish_from", "公開開始", "start"),
    Field("publish_until", "公開終了", "end"),
)
_FRONT_MATTER = re.compile(r"---\n(.*?)\n---(?:\n|$)", re.DOTALL)


def read_site(loader: Loader) -> Site:
    """The site's settings; without the file, placeholders and a warning."""
    documents = loader.read_documents("site.yml")
    file = _name(loader, "site.yml")
    if not documents:
        loader.problems.append(make_warning(Place(file), "site_missing"))
        return Site("よくある質問", "市", "https://faq.example.lg.jp/", sample=True)
    values = loader.read_record(documents[0], SITE_FIELDS, file=file)
    origin = values.pop("origin", Origin(file))
    values["services"] = _read_services(loader, values.get("services", Raw([], 0)), file)
    pictures = read_pictures(loader, values, origin)
    settings = {name: value for name, value in values.items() if name not in ROLES}
    return Site(**({"name": "", "city": "", "base_url": ""} | settings | pictures))


def _read_services(loader: Loader, raw: Raw, file: str) -> tuple[Service, ...]:
    services = []
    for values in _read_list(loader, raw, SERVICE_FIELDS, file=file):
        values.pop("origin")
        if "name" in values and "script" in values:
            services.append(Service(**values))
    return tuple(services)


def read_categories(loader: Loader) -> tuple[tuple[Category, ...], tuple[Category, ...]]:
    """行政分野 and ライフイベント, from categories.yml; ids are unique in each."""
    file = _name(loader, "categories.yml")
    found: dict[str, tuple[Category, ...]] = {}
    for document in loader.read_documents("categories.yml"):
        if not isinstance(document.value, dict):
            place = Place(file, document.row)
            loader.problems.append(make_error(place, "category_key_unknown"))
        for key, raw in document.get_record().items():
            if key not in CLASSIFICATIONS:
                place = Place(file, raw.row, key)
                loader.problems.append(make_error(place, "category_key_unknown"))
            elif CLASSIFICATIONS[key] not in found:
                found[CLASSIFICATIONS[key]] = _read_category_list(loader, raw, file, {})
    return found.get("topics", ()), found.get("life_events", ())


def _read_category_list(
    loader: Loader, raw: Raw, file: str, seen: dict[str, int]
) -> tuple[Category, ...]:
    categories = []
    for values in _read_list(loader, raw, CATEGORY_FIELDS, file=file):
        origin: Origin = values.pop("origin")
        if not _claim_id(loader, seen, values, origin):
            continue
        children = values.pop("children", None)
        inner = _read_category_list(loader, children, file, seen) if children else ()
        categories.append(Category(**values, children=inner))
    return tuple(categories)


def read_departments(loader: Loader) -> tuple[Department, ...]:
    """The departments in the file's order."""
    seen: dict[str, int] = {}
    departments = []
    for values in _read_file_list(loader, "departments.yml", DEPARTMENT_FIELDS):
        if _claim_id(loader, seen, values, values.pop("origin")):
            departments.append(Department(**values))
    return tuple(departments)


def read_notices(loader: Loader) -> tuple[Notice, ...]:
    """The announcements in the file's order."""
    notices = []
    for values in _read_file_list(loader, "notices.yml", NOTICE_FIELDS):
        check_window(loader, values)
        if "title" in values:
            notices.append(Notice(**values))
    return tuple(notices)


def read_featured(loader: Loader) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """注目のFAQ (ids) and 注目のキーワード."""
    for document in loader.read_documents("featured.yml"):
        values = loader.read_record(document, FEATURED_FIELDS, file=_name(loader, "featured.yml"))
        return values.get("faqs", ()), values.get("words", ())
    return (), ()


def read_ranking(loader: Loader) -> Ranking:
    """Views per FAQ from rankings/views.yml."""
    file = _name(loader, "rankings/views.yml")
    for document in loader.read_documents("rankings/views.yml"):
        values = loader.read_record(document, RANKING_FIELDS, file=file)
        views: dict[str, int] = {}
        counts = values.get("views", Raw({}, 0))
        if not isinstance(counts.value, dict):
            loader.problems.append(make_error(Place(file, counts.row, "閲覧数"), "not_record"))
        for faq_id, raw in counts.get_record().items():
            place = Place(file, raw.row, faq_id)
            found = loader.read_value(raw, "number", place=place) if raw.value != "" else 0
            views[faq_id] = found or 0
        return Ranking(values.get("first_day"), values.get("last_day"), views)
    return Ranking()


def read_pages(loader: Loader) -> tuple[TextPage, ...]:
    """The pages of the centre: front matter between `---` lines, then Markdown."""
    pages = []
    for path in loader.list_files("pages", (".md",)):
        if path.parent.name != "pages":
            continue
        file = loader.name(path)
        try:
            text = loader.decode(path)
            front = _FRONT_MATTER.match(text)
            # The line that opened the front matter counts as well.
            documents = read_yaml("\n" + front[1], file=file) if front else []
        except TableError as error:
            loader.problems.append(error.problem)
            continue
        if not front or not documents:
            loader.problems.append(make_error(Place(file, 1), "front_matter_missing"))
            continue
        values = loader.read_record(documents[0], PAGE_FIELDS, file=file)
        raw = Raw(text[front.end() :], 1)
        body = loader.read_value(raw, "markup", place=Place(file, 1, "本文")) or NO_TEXT
        if not re.fullmatch(r"[a-z][a-z0-9-]{0,31}", path.stem):
            loader.problems.append(make_error(Place(file), "page_name_bad", value=path.stem))
        elif not body.strip():
            loader.problems.append(make_warning(Place(file), "page_empty"))
        elif "title" in values:
            check_window(loader, values)
            pages.append(TextPage(path.stem, body=body, **values))
    return tuple(sorted(pages, key=lambda page: (page.order, page.name)))


def check_window(loader: Loader, values: dict[str, Any]) -> None:
    """Adds a problem where the window's end is not after its start."""
    start, end = values.get("publish_from"), values.get("publish_until")
    if start and end and end <= start:
        place = values["origin"].locate("publish_until")
        window = {"start": format_moment(start), "end": format_moment(end, is_end=True)}
        loader.problems.append(make_error(place, "window_reversed", **window))


def _read_file_list(
    loader: Loader, name: str, fields: tuple[Field, ...]
) -> Iterator[dict[str, Any]]:
    for document in loader.read_documents(name):
        yield from _read_list(loader, document, fields, file=_name(loader, name))


def _read_list(
    loader: Loader, raw: Raw, fields: tuple[Field, ...], *, file: str
) -> Iterator[dict[str, Any]]:
    for item in raw.get_items():
        if values := loader.read_record(item, fields, file=file):
            yield values


def _claim_id(loader: Loader, seen: dict[str, int], values: dict[str, Any], origin: Origin) -> bool:
    if "id" not in values or "name" not in values:
        return False
    if values["id"] in seen:
        place = origin.locate("id")
        first = f"{seen[values['id']]}行目"
        loader.problems.append(make_error(place, "id_twice", value=values["id"], first=first))
        return False
    seen[values["id"]] = origin.row
    return True


def _name(loader: Loader, name: str) -> str:
    return loader.name(loader.folder / name)
