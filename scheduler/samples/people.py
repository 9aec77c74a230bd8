"""Invented people: names of common Chinese surnames and given characters, phones nobody has."""

from __future__ import annotations

from typing import Literal

from scheduler.samples.dice import Dice

Gender = Literal["girl", "boy"]

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
    "苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段"
)
GIRLS = "雨欣怡梓涵诗悦佳琪思彤晓雅婷静萱语桐若曦可心妍宁雪梦瑶芷兰清韵安然"
BOYS = "浩宇子轩明杰俊豪文博志远天佑嘉睿一鸣泽洋承昊景行思源少华家辉振东立诚"
GROWN_WOMEN = "敏丽娟艳芳红霞玲燕萍秀英桂兰淑华慧颖洁蕾莉"
GROWN_MEN = "伟强磊军勇涛超辉鹏斌建国志刚海波卫东永平立新"


def child_name(dice: Dice, gender: Gender, surname: str) -> str:
    """A child's name: the family's surname and one or, mostly, two given characters."""
    return surname + _given(dice, GIRLS if gender == "girl" else BOYS, 0.88)


def adult_name(dice: Dice, woman: bool, surname: str | None = None) -> str:
    """A grown-up's name."""
    given = _given(dice, GROWN_WOMEN if woman else GROWN_MEN, 0.55)
    return (surname or dice.pick(SURNAMES)) + given


def phone(number: int) -> str:
    """A mobile number that looks right and is nobody's: 13800000000 is the usual dummy."""
    return f"1380000{number % 10_000:04}"


def _given(dice: Dice, characters: str, two: float) -> str:
    first = dice.pick(characters)
    return first + dice.pick(characters.replace(first, "")) if dice.chance(two) else first
