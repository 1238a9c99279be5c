"""What encyclopaedia mirrors write for Mainland words: seen on pages, or of the same kind as what was seen."""

MIRROR_WORDS = {
    "互联网": "網際網路",
    "门户网站": "入口網站",
    "文件": "檔案",
    "程序": "程式",
    "窗口": "視窗",
    "优化": "最佳化",
    "设置": "設定",
    "小学": "國小",
    "群众": "民眾",
    "宏观": "巨觀",
    "响应": "回響",
    "应用": "套用",
    "幼儿园": "幼稚園",
    "网络": "網路",
    "软件": "軟體",
    "硬件": "硬體",
    "软硬件": "軟硬體",
    "打印": "列印",
}
