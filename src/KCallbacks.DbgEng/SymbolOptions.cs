namespace KCallbacks.DbgEng;

/// <summary>Options of the engine's symbols (<c>SYMOPT_*</c> of <c>dbghelp.h</c>).</summary>
[Flags]
public enum SymbolOptions : uint
{
    /// <summary>No option.</summary>
    None = 0,

    /// <summary>Secure mode, which <c>.secure</c> turns on before the first session.</summary>
    Secure = 0x4_0000,
}
