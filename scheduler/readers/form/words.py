"""The words by which forms ask: bookkeeping columns of form services, key words of long questions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from scheduler.readers.headers import key_of, plain

SUBMITTED = "submitted_at"

_NUMBERING = re.compile(
    r"^(?:(?:第)?(?:q|question|问题|题目|题)?\s*\d{1,3}\s*(?:题\s*)?[、.:)]\s*|\(\d{1,3}\)\s*"
    r"|[一二三四五六七八九十]{1,3}[、.]\s*|[*•]\s*)+",
    re.IGNORECASE,
)
_MARKS = re.compile(
    r"[(\[【](?:必填|选填|必答|选答|必选|单选|多选|填空|单选题|多选题|填空题|矩阵题|排序题|required|optional)[)\]】]|\*",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[?？。:：;；\s]+$")

SERVICE: dict[str, str] = {
    # 问卷星
    **dict.fromkeys(("序号", "所用时间", "来源", "来源详情", "来自IP", "总分"), ""),
    "提交答卷时间": SUBMITTED,
    # 金数据
    **dict.fromkeys(
        ("提交人", "修改时间", "更新时间", "填写时长", "填写设备", "操作系统", "浏览器", "填写地区", "IP"), ""
    ),
    **dict.fromkeys(("微信昵称", "微信性别", "微信国家", "微信省市", "微信OpenID", "扩展属性"), ""),
    "提交时间": SUBMITTED,
    # 腾讯问卷
    **dict.fromkeys(("开始答题时间", "答题时长", "语言", "清洗数据结果", "智能清洗数据结果"), ""),
    **dict.fromkeys(("地理位置国家和地区", "地理位置省", "地理位置市", "用户类型", "用户ID", "昵称"), ""),
    **dict.fromkeys(("自定义字段", "UA", "Referrer"), ""),
    "结束答题时间": SUBMITTED,
    # Google Forms
    **dict.fromkeys(("Email Address", "Username", "Score", "电子邮件地址", "用户名", "分数", "得分"), ""),
    **dict.fromkeys(("Timestamp", "时间戳记", "时间戳"), SUBMITTED),
    # Microsoft Forms
    **dict.fromkeys(("Start time", "Email", "Last modified time", "Total points", "Quiz feedback"), ""),
    **dict.fromkeys(("开始时间", "电子邮件", "上次修改时间"), ""),
    **dict.fromkeys(("Completion time", "完成时间"), SUBMITTED),
}
"""Columns that form services add of themselves, and what they mean here ('' for nothing)."""

_SERVICE = {key_of(text): field for text, field in SERVICE.items()}

AMBIGUOUS = frozenset(
    key_of(text) for text in ("IP", "UA", "语言", "来源", "总分", "分数", "开始时间", "Score")
)
"""Such columns prove no form service by themselves: people's own tables have them too."""

MICROSOFT = tuple(
    frozenset(map(key_of, pair)) for pair in (("Start time", "Completion time"), ("开始时间", "完成时间"))
)
OWN_OF_MICROSOFT = frozenset(map(key_of, ("ID", "Name", "名称", "姓名")))
"""Among the first six columns of Microsoft Forms: who was logged in, not who is enrolled."""

# the first that is found decides; statements to agree to hold all sorts of other words
_KEY_WORDS: dict[str, tuple[tuple[str, str], ...]] = {
    "children": (
        ("", r"紧急|备用|身份证(号|号码)|(家长|监护人|父亲|母亲).{0,4}(性别|出生|生日|年龄)"
             r"|emergency|alternative (phone|contact)|identity card"
             r"|(parent|guardian).{0,6}(gender|birth)|school.{0,10}name|name.{0,20}school"),
        ("consent", r"同意|授权|承诺|知情|i agree|consent|authori[sz]e"),
        ("choices", r"志愿|(选择|希望|想去|首选|意向).{0,8}(班|场地|托管点|地点|校区)"
                    r"|\bchoice|preferred (venue|class|site)"),
        ("allergies", r"过敏|allerg"),
        ("needs", r"特殊(需要|需求|照顾|教育)|special (needs|care)"),
        ("medical", r"健康|疾病|病史|身体(状况|情况)|用药|medical|health|medication"),
        ("pickup", r"接送|来接|接孩子|pick(ed|s)?[ -]?(him |her |them |the child )?up|who may fetch|collect"),
        ("apart", r"(不|避免|回避).{0,8}(同班|一起|一个班)|kept apart"),
        ("friends", r"好友|好朋友|(希望|想).{0,6}(同班|一起)的?.{0,4}(孩子|小朋友|同学|伙伴)|\bfriends?\b"),
        ("siblings", r"(兄弟|姐妹|二孩|二宝|同胞|双胞胎).{0,12}(一起|同|安排|场地)|siblings?"),
        ("interests", r"兴趣|感兴趣|喜欢.{0,4}课|\binterest|favou?rite (course|activit)"),
        ("gender", r"性别|gender|\bsex\b"),
        ("birth_date", r"出生|生日|birth|\bborn\b"),
        ("grade", r"年级|\bgrade\b|school year"),
        ("weeks", r"周次|哪(几|些)周|(参加|报名|选择|需要).{0,8}周|第几周|which weeks?|\bweeks?\b"),
        ("phone", r"电话|手机|联系方式|phone|mobile"),
        ("guardian", r"(家长|监护人|父母|父亲|母亲|爸爸|妈妈|联系人|报名人).{0,6}(姓名|名字)"
                     r"|(parent|guardian|mother|father).{0,24}name|name of (the )?(parent|guardian)"
                     r"|\byour (full )?name"),
        ("name", r"(孩子|儿童|学生|子女|宝宝|小朋友|学员).{0,6}(姓名|名字|全名)"
                 r"|(child|student|kid|pupil).{0,20}name|name.{0,16}(child|student|kid|pupil)"),
        ("employer", r"(工作|所在|就职|任职)?单位|employer|place of work|workplace|where .{0,20}work"),
        ("priority", r"优先|priority"),
        ("stay", r"(同一|固定).{0,4}(场地|地点|托管点)|same (venue|place)"),
        ("district", r"(居住|家庭|住址|住在|所在).{0,6}区|\bdistrict\b"),
    ),
    "staff": (
        ("", r"紧急|身份证(号|号码)|emergency"),
        ("name", r"(您|你|老师|教师|志愿者|本人)的?.{0,4}(姓名|名字)|\b(your|full) name"),
        ("own_children", r"(您|自己|本人)的?.{0,4}(孩子|子女)|own child|your child"),
        ("volunteer_type", r"志愿者(类型|类别)|(kind|type) of volunteer"),
        ("cleared_until", r"核查|无犯罪|background check"),
        ("qualifications", r"资质|证书|资格|qualification|certificate"),
        ("birth_date", r"出生|生日|birth|\bborn\b"),
        ("gender", r"性别|gender|\bsex\b"),
        ("courses", r"课程|courses?\b"),
        ("venues", r"场地|托管点|venue|\bsites?\b"),
        ("partners", r"搭档|partner"),
        ("employer", r"单位|employer"),
        ("roles", r"岗位|\broles?\b|\bpost\b"),
    ),
}  # fmt: skip
_PATTERNS = {
    table: tuple((field, re.compile(pattern, re.IGNORECASE)) for field, pattern in words)
    for table, words in _KEY_WORDS.items()
}

_NUMERALS = {text: number for number, text in enumerate("一二三四五六七八九十", 1)}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}
_ORDINAL = re.compile(
    r"第\s*([一二三四五六七八九十]|\d{1,2})\s*(?:个|志愿|选择|意向)"
    r"|(?:志愿|选择|意向|choice|preference)\s*([一二三四五六七八九十]|\d{1,2})(?!\d)"
    r"|\b(first|second|third|fourth|fifth)\b|\b(\d)(?:st|nd|rd|th)\b",
    re.IGNORECASE,
)

SKIPPED = frozenset(map(key_of, ("(跳过)", "(空)", "〖空〗", "(未填)", "(未作答)")))
"""What form services write where nothing was asked or answered."""

NOTHING = frozenset(
    map(key_of, ("无", "没有", "暂无", "无。", "没", "none", "nothing", "nil", "n/a", "/", "\\", "—"))
)
"""Answers that say there is nothing to say."""


ANY = frozenset(
    map(
        key_of,
        ("全部", "所有", "都", "都可以", "都行", "全部周", "所有周", "全程", "全部参加", "不限", "均可"),
    )
) | frozenset(map(key_of, ("all", "all weeks", "every week", "any", "no preference")))
"""Answers that say what a blank says in columns where it means all, or any."""


def bare(text: str) -> str:
    """A heading without its number, its marks of what is required, and the mark it ends with."""
    return _ENDS.sub("", _NUMBERING.sub("", _MARKS.sub("", plain(text)).strip()))


def service_field(text: str) -> str | None:
    """What a service's own column means here: a field, '' for nothing; None where it is no such column."""
    return _SERVICE.get(key_of(text))


def is_service(header: Sequence[str]) -> bool:
    """Whether the headings are an online form's: a time of submission, or several columns of a service."""
    keys = {key_of(text) for text in header if text}
    times = {key for key in keys if _SERVICE.get(key)}
    return bool(times) or len({key for key in keys if key in _SERVICE and key not in AMBIGUOUS}) > 1


def is_microsoft(header: Sequence[str]) -> bool:
    """Whether the headings are those of Microsoft Forms."""
    keys = {key_of(text) for text in header if text}
    return any(pair <= keys for pair in MICROSOFT)


def field_by_words(table: str, text: str) -> str | None:
    """The field whose key words a question holds; '' for a question that is none of the table's."""
    return next((field for field, pattern in _PATTERNS.get(table, ()) if pattern.search(text)), None)


def ordinal(text: str) -> int:
    """Which choice a question asks for: 1 for the first; 0 where it does not say."""
    match = _ORDINAL.search(plain(text))
    word = next((part for part in match.groups() if part), "").casefold() if match else ""
    return _NUMERALS.get(word) or _ORDINALS.get(word) or int(word or 0)
