"""What Whisper writes when nobody speaks: endings of the films and videos it learned from.

Collected from reports of users (openai/whisper discussion 679, McCloudS/subgen issue 21, Vexa-
ai/vexa issue 155 and others); compared without case and punctuation, and only where no speech is.
"""

from engine.recognition.text_units import split_units

_BY_LANGUAGE: dict[str, tuple[str, ...]] = {
    "en": (
        "you",
        "thank you",
        "thank you very much",
        "thank you so much",
        "thanks for watching",
        "thank you for watching",
        "thank you so much for watching",
        "thanks for watching and i ll see you in the next video",
        "i ll see you in the next video",
        "see you in the next video",
        "see you next time",
        "please subscribe",
        "please subscribe to my channel",
        "like and subscribe",
        "don t forget to like and subscribe",
        "subtitles by the amara org community",
        "bye",
        "bye bye",
        "okay",
        "oh",
        "so",
        "the end",
        "music",
        "applause",
        "silence",
        "blank audio",
    ),
    "de": (
        "untertitel der amara org community",
        "untertitelung des zdf 2020",
        "untertitelung aufgrund der amara org community",
        "untertitel im auftrag des zdf für funk 2017",
        "untertitel von stephanie geiges",
        "vielen dank",
        "vielen dank für s zuschauen",
        "vielen dank fürs zuschauen",
        "danke fürs zuschauen",
        "bis zum nächsten mal",
        "copyright wdr 2021",
        "swr 2020",
    ),
    "fr": (
        "sous titres réalisés par la communauté d amara org",
        "sous titres réalisés para la communauté d amara org",
        "sous titrage société radio canada",
        "sous titrage st 501",
        "merci",
        "merci d avoir regardé cette vidéo",
        "merci d avoir regardé",
        "abonnez vous",
    ),
    "es": (
        "subtítulos realizados por la comunidad de amara org",
        "subtítulos por la comunidad de amara org",
        "gracias",
        "gracias por ver el video",
        "gracias por ver",
        "suscríbete al canal",
    ),
    "it": (
        "sottotitoli creati dalla comunità amara org",
        "sottotitoli e revisione a cura di qtss",
        "grazie per la visione",
        "grazie",
    ),
    "pt": (
        "legendas pela comunidade amara org",
        "legenda adriana zanotto",
        "obrigado por assistir",
        "obrigado",
    ),
    "nl": (
        "ondertitels ingediend door de amara org gemeenschap",
        "ondertiteld door de amara org gemeenschap",
        "bedankt voor het kijken",
        "tv gelderland 2021",
    ),
    "pl": (
        "napisy stworzone przez społeczność amara org",
        "dziękuję za uwagę",
        "dziękuję",
        "dzięki za oglądanie",
    ),
    "ru": (
        "субтитры сделал dimatorzok",
        "субтитры создавал dimatorzok",
        "редактор субтитров а семкин корректор а егорова",
        "продолжение следует",
        "спасибо за просмотр",
    ),
    "tr": ("altyazı m k", "izlediğiniz için teşekkürler", "abone olmayı unutmayın"),
    "zh": (
        "由 amara org 社區提供的字幕",
        "请不吝点赞 订阅 转发 打赏支持明镜与点点栏目",
        "谢谢观看",
    ),
    "ja": (
        "ご視聴ありがとうございました",
        "ご視聴いただきありがとうございました",
        "おやすみなさい",
    ),
    "ko": ("시청해주셔서 감사합니다", "mbc 뉴스 이덕영입니다", "감사합니다"),
    "ar": ("ترجمة نانسي قنقر", "اشتركوا في القناة"),
}


STOCK_PHRASES = frozenset(
    " ".join(split_units(phrase)) for phrases in _BY_LANGUAGE.values() for phrase in phrases
)
