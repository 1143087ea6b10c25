using System.Globalization;

namespace KCallbacks.Detection.Windows;

/// <summary>The public names of WinEvents, as winuser.h has them.</summary>
internal static class WinEventNames
{
    /// <summary>No event is larger; winuser.h's <c>EVENT_MAX</c>.</summary>
    public const uint Largest = 0x7fff_ffff;

    /// <summary>The name, for example <c>EVENT_OBJECT_FOCUS</c>, or <c>event 0x4001</c>.</summary>
    public static string Of(uint number) =>
        (number < 0x8000 ? OfSystem(number) : OfObject(number)) ?? string.Create(CultureInfo.InvariantCulture, $"event 0x{number:x}");

    private static string? OfSystem(uint number) => number switch
    {
        0x0001 => "EVENT_SYSTEM_SOUND",
        0x0002 => "EVENT_SYSTEM_ALERT",
        0x0003 => "EVENT_SYSTEM_FOREGROUND",
        0x0004 => "EVENT_SYSTEM_MENUSTART",
        0x0005 => "EVENT_SYSTEM_MENUEND",
        0x0006 => "EVENT_SYSTEM_MENUPOPUPSTART",
        0x0007 => "EVENT_SYSTEM_MENUPOPUPEND",
        0x0008 => "EVENT_SYSTEM_CAPTURESTART",
        0x0009 => "EVENT_SYSTEM_CAPTUREEND",
        0x000a => "EVENT_SYSTEM_MOVESIZESTART",
        0x000b => "EVENT_SYSTEM_MOVESIZEEND",
        0x000c => "EVENT_SYSTEM_CONTEXTHELPSTART",
        0x000d => "EVENT_SYSTEM_CONTEXTHELPEND",
        0x000e => "EVENT_SYSTEM_DRAGDROPSTART",
        0x000f => "EVENT_SYSTEM_DRAGDROPEND",
        0x0010 => "EVENT_SYSTEM_DIALOGSTART",
        0x0011 => "EVENT_SYSTEM_DIALOGEND",
        0x0012 => "EVENT_SYSTEM_SCROLLINGSTART",
        0x0013 => "EVENT_SYSTEM_SCROLLINGEND",
        0x0014 => "EVENT_SYSTEM_SWITCHSTART",
        0x0015 => "EVENT_SYSTEM_SWITCHEND",
        0x0016 => "EVENT_SYSTEM_MINIMIZESTART",
        0x0017 => "EVENT_SYSTEM_MINIMIZEEND",
        0x0020 => "EVENT_SYSTEM_DESKTOPSWITCH",
        _ => null,
    };

    private static string? OfObject(uint number) => number switch
    {
        0x8000 => "EVENT_OBJECT_CREATE",
        0x8001 => "EVENT_OBJECT_DESTROY",
        0x8002 => "EVENT_OBJECT_SHOW",
        0x8003 => "EVENT_OBJECT_HIDE",
        0x8004 => "EVENT_OBJECT_REORDER",
        0x8005 => "EVENT_OBJECT_FOCUS",
        0x8006 => "EVENT_OBJECT_SELECTION",
        0x8007 => "EVENT_OBJECT_SELECTIONADD",
        0x8008 => "EVENT_OBJECT_SELECTIONREMOVE",
        0x8009 => "EVENT_OBJECT_SELECTIONWITHIN",
        0x800a => "EVENT_OBJECT_STATECHANGE",
        0x800b => "EVENT_OBJECT_LOCATIONCHANGE",
        0x800c => "EVENT_OBJECT_NAMECHANGE",
        0x800d => "EVENT_OBJECT_DESCRIPTIONCHANGE",
        0x800e => "EVENT_OBJECT_VALUECHANGE",
        0x800f => "EVENT_OBJECT_PARENTCHANGE",
        0x8010 => "EVENT_OBJECT_HELPCHANGE",
        0x8011 => "EVENT_OBJECT_DEFACTIONCHANGE",
        0x8012 => "EVENT_OBJECT_ACCELERATORCHANGE",
        0x8013 => "EVENT_OBJECT_INVOKED",
        0x8014 => "EVENT_OBJECT_TEXTSELECTIONCHANGED",
        0x8015 => "EVENT_OBJECT_CONTENTSCROLLED",
        0x8017 => "EVENT_OBJECT_CLOAKED",
        0x8018 => "EVENT_OBJECT_UNCLOAKED",
        0x8019 => "EVENT_OBJECT_LIVEREGIONCHANGED",
        0x8020 => "EVENT_OBJECT_HOSTEDOBJECTSINVALIDATED",
        0x8021 => "EVENT_OBJECT_DRAGSTART",
        0x8022 => "EVENT_OBJECT_DRAGCANCEL",
        0x8023 => "EVENT_OBJECT_DRAGCOMPLETE",
        0x8024 => "EVENT_OBJECT_DRAGENTER",
        0x8025 => "EVENT_OBJECT_DRAGLEAVE",
        0x8026 => "EVENT_OBJECT_DRAGDROPPED",
        0x8027 => "EVENT_OBJECT_IME_SHOW",
        0x8028 => "EVENT_OBJECT_IME_HIDE",
        0x8029 => "EVENT_OBJECT_IME_CHANGE",
        0x8030 => "EVENT_OBJECT_TEXTEDIT_CONVERSIONTARGETCHANGED",
        _ => null,
    };
}
