"""List the speech models that can be installed: files, sizes, hashes, languages, sources.

Sizes and SHA-256 are those of the named revision on the Hugging Face hub, as the hub publishes
them and several independent projects pin them; base and tiny.en were hashed here as well.
A hash that nobody published for that very repository is None: such a file is checked by its size
and its structure (docs/models.md lists them). distil-large-v2 is left out: neither sizes nor
hashes of its files could be established.
"""

from __future__ import annotations

from engine.speech_models.model_entry import CatalogueEntry, HubSource, ModelFile

ALIASES = {"large": "large-v3", "turbo": "large-v3-turbo"}
"""Short forms that faster-whisper knows too."""


def canonical_name(name: str) -> str:
    """Return the catalogue's name for a name or one of its short forms; others are unchanged."""
    return ALIASES.get(name, name)


def _file(name: str, size_bytes: int, sha256: str | None = None) -> ModelFile:
    return ModelFile(name, size_bytes, sha256)


def _config(size_bytes: int, sha256: str | None = None) -> ModelFile:
    return ModelFile("config.json", size_bytes, sha256)


def _weights(size_bytes: int, sha256: str) -> ModelFile:
    return ModelFile("model.bin", size_bytes, sha256)


def _systran(name: str, revision: str) -> tuple[HubSource, ...]:
    return (HubSource(f"Systran/faster-{name}", revision),)


_OLD = (
    _file(
        "tokenizer.json",
        2_203_239,
        "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab",
    ),
    _file(
        "vocabulary.txt",
        459_861,
        "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913",
    ),
)
_ENGLISH = (
    _file(
        "tokenizer.json",
        2_128_466,
        "929c5252409436dce1b38a75d1abbcb5e132d170d8e324e4e04ed915fa2d22df",
    ),
    _file(
        "vocabulary.txt",
        422_309,
        "ff77588746d3a2595d32ab5b69ffd7b95ce2441ac57533cb66fc3eb575a115cf",
    ),
)
_V3 = (
    _file(
        "preprocessor_config.json",
        340,
        "7ccc62c6f2765af1f3b46c00c9b5894426835a05021c8b9c01eecb6dfb542711",
    ),
    _file(
        "tokenizer.json",
        2_480_617,
        "6d8cbd7cd0d8d5815e478dac67b85a26bbe77c1f5e0c6d76d1ce2abc0e5f21ca",
    ),
    _file(
        "vocabulary.json",
        1_068_114,
        "c69260f2ab26d659b7c398f9a2b2b48ed0df16c3b47d7326782fd9cba71690c1",
    ),
)

_ENTRIES = (
    CatalogueEntry(
        "tiny",
        "multilingual",
        (
            _config(2_249, "a73a28cdfe1c43ccc7202fa333d1f89c202477271407ae9a7f19afa52039cac8"),
            _weights(
                75_538_270, "dcb76c6586fc06cbdac6dd21f14cfd129cc4cdd9dce19bf4ffa62e59cbe6e6d1"
            ),
            *_OLD,
        ),
        _systran("whisper-tiny", "d90ca5fe260221311c53c58e660288d3deb8d356"),
        relative_speed=10,
    ),
    CatalogueEntry(
        "tiny.en",
        "english",
        (
            _config(2_317, "14b1b421a90349bc551b881461426b561a874049cb9e4c4864f2ca384f6a7cc5"),
            _weights(
                75_537_502, "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a"
            ),
            *_ENGLISH,
        ),
        _systran("whisper-tiny.en", "0d3d19a32d3338f10357c0889762bd8d64bbdeba"),
        relative_speed=10,
        int8_weights=_weights(
            39_451_946, "87c3801a5f7ae048440878855dfc7e58384739840082a7463abf2f73d67a985a"
        ),
        tensor_digest="fba031b0ab808c3e4a58ae583e804abf0b86d2f6f75636009d263f44770e1b3c",
    ),
    CatalogueEntry(
        "base",
        "multilingual",
        (
            _config(2_309, "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a"),
            _weights(
                145_217_532, "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"
            ),
            *_OLD,
        ),
        _systran("whisper-base", "ebe41f70d5b6dfa9166e2c581c45c9c0cfc57b66"),
        relative_speed=7,
        int8_weights=_weights(
            75_104_236, "7f8d1e54098026fd0449dabb8fa0effd4db50964fb4cc73b0b87abd87dc1c943"
        ),
        tensor_digest="45e19686e1f26444d6ff700254eece0a0913b1b927525c8b18ab5baf30a47e92",
    ),
    CatalogueEntry(
        "base.en",
        "english",
        (
            _config(2_227, "f3bc3821e9fc76a27bae538e11ae5b677dcdd352b4600429ce7951d398569aeb"),
            _weights(
                145_216_508, "2a166925539a16005f14ff328359f9b9adb9dc4fb631bb3b227526862e93e2ef"
            ),
            *_ENGLISH,
        ),
        _systran("whisper-base.en", "3d3d5dee26484f91867d81cb899cfcf72b96be6c"),
        relative_speed=7,
    ),
    CatalogueEntry(
        "small",
        "multilingual",
        (
            _config(2_370, "b55496ac7940a7ae47d2c01eab40edfd8701feec1229d9cce3b40014383fb828"),
            _weights(
                483_546_902, "3e305921506d8872816023e4c273e75d2419fb89b24da97b4fe7bce14170d671"
            ),
            *_OLD,
        ),
        _systran("whisper-small", "536b0662742c02347bc0e980a01041f333bce120"),
        relative_speed=4,
    ),
    CatalogueEntry(
        "small.en",
        "english",
        (
            _config(2_657, "666a9605530ac1f61fa8177f3702b4dacec9966749e42610839fcc32661d5fae"),
            _weights(
                483_545_366, "62b2a45b05ee59acb4a5341b33ee35e041395d378d418a18acfe4c9e768ee37a"
            ),
            *_ENGLISH,
        ),
        _systran("whisper-small.en", "d1d751a5f8271d482d14ca55d9e2deeebbae577f"),
        relative_speed=4,
    ),
    CatalogueEntry(
        "distil-small.en",
        "english",
        (
            _config(2_812, "b571ae8022a34c1df50876a65b5f813a5c22e5ee3b87bc0e4db5662dfc9c2c3d"),
            _weights(
                332_308_257, "1187de3982cdcf962a2fb8f797e429fb4651b875b18fe9ce50b58b52fc9072b7"
            ),
            _file(
                "preprocessor_config.json",
                339,
                "a6a76d28c93edb273669eb9e0b0636a2bddbb1272c3261e47b7ca6dfdbac1b8d",
            ),
            _file(
                "tokenizer.json",
                2_405_466,
                "c9c77688528c0509abbd41873edab16384b8f041531b1d3092ab4d1d83a02a50",
            ),
            _file(
                "vocabulary.json",
                825_480,
                "4dadfee7c4a871665f65c06037f5f5ec893fb2d7f5eb4cf11063618e31dbe11a",
            ),
        ),
        _systran("distil-whisper-small.en", "ef77d90526ccd62cde3808ee70626a01e5cf83e4"),
    ),
    CatalogueEntry(
        "medium",
        "multilingual",
        (
            _config(2_257, "3622a2ddc41ec0e0fd4e68c13c6830f03b90c38d89aaad184de02c8c642cf807"),
            _weights(
                1_527_906_378, "9b45e1009dcc4ab601eff815b61d80e60ce3fd8c74c1a14f4a282258286b51ae"
            ),
            *_OLD,
        ),
        _systran("whisper-medium", "08e178d48790749d25932bbc082711ddcfdfbc4f"),
        relative_speed=2,
    ),
    CatalogueEntry(
        "medium.en",
        "english",
        (
            _config(2_643, "4a1848ebabe7938d9797c15a2e8e4ce1d36e6fd4a43d096ae5955257c67c7962"),
            _weights(
                1_527_904_330, "11b220779aea4c6f3ce9d2549c8a95ea869ed84066864b999531ef53e594fe5b"
            ),
            *_ENGLISH,
        ),
        _systran("whisper-medium.en", "a29b04bd15381511a9af671baec01072039215e3"),
        relative_speed=2,
    ),
    CatalogueEntry(
        "distil-medium.en",
        "english",
        (
            _config(2_574),
            _weights(
                788_826_555, "d4cb75d823dcd2647191064da76f026774c06c036908f38456165368d0e2d66a"
            ),
            _file("preprocessor_config.json", 339),
            _file("tokenizer.json", 2_405_678),
            _file("vocabulary.json", 825_480),
        ),
        _systran("distil-whisper-medium.en", "80ddfce281f77766d8943d63109199fc8145dfa5"),
    ),
    CatalogueEntry(
        "distil-large-v3",
        "english",
        (
            _config(2_690, "90c55f775cc4e0bb17293d0bf12f96557a486f20dea886fabd8e6075a3588b21"),
            _weights(
                1_512_927_867, "b79368e19b6623813609431a6e5ee309a71506701ebc49fd7820e692dec7c5f5"
            ),
            *_V3,
        ),
        _systran("distil-whisper-large-v3", "c3058b475261292e64a0412df1d2681c06260fab"),
        relative_speed=6.3,
    ),
    CatalogueEntry(
        "distil-large-v3.5",
        "english",
        (
            _config(2_690),
            _weights(
                1_512_927_867, "c58b88b8585ffcd2135fddaaf421ce72cb223b32edea70d156aed1dea319a119"
            ),
            _file("preprocessor_config.json", 340),
            _file("tokenizer.json", 2_480_645),
            _file("vocabulary.json", 1_068_114),
        ),
        (
            HubSource(
                "distil-whisper/distil-large-v3.5-ct2", "9793ccc07920e0f830e1dba0343efcdf0ef8c903"
            ),
        ),
    ),
    CatalogueEntry(
        "large-v1",
        "multilingual",
        (
            _config(2_352),
            _weights(
                3_086_912_962, "a3cce8081a5414206ab09a80aa410ebf9965feef52adafeead13f4a83398b1d1"
            ),
            _file("tokenizer.json", 2_203_239),
            _file("vocabulary.txt", 459_861),
        ),
        _systran("whisper-large-v1", "b07c8d4be0be90092aa01a29c975077acb8d15c9"),
        relative_speed=1,
    ),
    CatalogueEntry(
        "large-v2",
        "multilingual",
        (
            _config(2_796, "d86b7a7664a12559d644aa210a32ce9a7e03913e794b7ea4fb7182de69e273a7"),
            _weights(
                3_086_912_962, "bf2a9746382e1aa7ffff6b3a0d137ed9edbd9670c3b87e5d35f5e85e70d0333a"
            ),
            *_OLD,
        ),
        _systran("whisper-large-v2", "f0fe81560cb8b68660e564f55dd99207059c092e"),
        relative_speed=1,
    ),
    CatalogueEntry(
        "large-v3-turbo",
        "multilingual-v3",
        (
            _config(2_263, "b0253ea6c0d3bea6b1e19e91a02acfd3b53f4467362efcb5a3e6b16c9b3a9b7e"),
            _weights(
                1_617_884_929, "e76620f83d5f5b69efd3d87e3dc180c1bd21df9fbebacfd4335e5e1efcc018da"
            ),
            _file(
                "preprocessor_config.json",
                340,
                "7ccc62c6f2765af1f3b46c00c9b5894426835a05021c8b9c01eecb6dfb542711",
            ),
            _file(
                "tokenizer.json",
                2_710_337,
                "297b13372ac43916285644fb9687add3cc62ee2a1adb60da3dc25cc94c1871fd",
            ),
            _file(
                "vocabulary.json",
                1_068_114,
                "c69260f2ab26d659b7c398f9a2b2b48ed0df16c3b47d7326782fd9cba71690c1",
            ),
        ),
        (
            HubSource(
                "dropbox-dash/faster-whisper-large-v3-turbo",
                "0a363e9161cbc7ed1431c9597a8ceaf0c4f78fcf",
            ),
            HubSource(
                "mobiuslabsgmbh/faster-whisper-large-v3-turbo",
                "0a363e9161cbc7ed1431c9597a8ceaf0c4f78fcf",
            ),
        ),
        relative_speed=8,
    ),
    CatalogueEntry(
        "large-v3",
        "multilingual-v3",
        (
            _config(2_394, "a9306624f5ec14270a014b647e5c316b6e03a662c369758d1b90697a7b0655b9"),
            _weights(
                3_087_284_237, "69f74147e3334731bc3a76048724833325d2ec74642fb52620eda87352e3d4f1"
            ),
            *_V3,
        ),
        _systran("whisper-large-v3", "edaa852ec7e145841d8ffdb056a99866b5f0a478"),
        relative_speed=1,
    ),
)

CATALOGUE: dict[str, CatalogueEntry] = {entry.name: entry for entry in _ENTRIES}
"""Name → entry, ordered from the smallest to the most accurate."""

__all__ = ["ALIASES", "CATALOGUE", "CatalogueEntry", "HubSource", "ModelFile", "canonical_name"]
