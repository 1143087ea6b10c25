namespace KCallbacks.DbgEng;

/// <summary>The names of a module (<c>DEBUG_MODNAME_*</c>).</summary>
public enum ModuleNameKind : uint
{
    /// <summary>File name of the image, with its path when known.</summary>
    Image = 0,

    /// <summary>The name before the exclamation mark.</summary>
    Module = 1,

    /// <summary>The image as the target says it was loaded.</summary>
    LoadedImage = 2,
}
