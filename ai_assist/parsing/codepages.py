"""The encodings that documents come in. To look one up loads it, while files can still be opened."""

import codecs

_NAMES = (
    "ascii utf-8 utf-16 utf-16-le utf-16-be cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 "
    "iso-8859-1 iso-8859-2 iso-8859-5 iso-8859-7 iso-8859-9 iso-8859-15 koi8-r koi8-u cp437 cp850 cp866 mac-roman "
    "shift_jis cp932 euc-jp iso2022_jp gb2312 gbk gb18030 big5 euc-kr cp949 tis-620"
)
CODEPAGES = [codecs.lookup(name).name.replace("-", "_") for name in _NAMES.split()]
"""As Python names them. No others are tried or believed."""

for _name in ("charmap", "utf-8-sig", "utf-32"):  # what libraries use to read
    codecs.lookup(_name)
