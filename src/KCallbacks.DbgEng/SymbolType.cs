namespace KCallbacks.DbgEng;

/// <summary>Where the names of a module come from (<c>DEBUG_SYMTYPE_*</c>).</summary>
public enum SymbolType : uint
{
    /// <summary>It has no names.</summary>
    None = 0,

    /// <summary>COFF symbols.</summary>
    Coff = 1,

    /// <summary>CodeView symbols in the image.</summary>
    CodeView = 2,

    /// <summary>A PDB.</summary>
    Pdb = 3,

    /// <summary>The export table.</summary>
    Export = 4,

    /// <summary>Nobody has asked for a name yet.</summary>
    Deferred = 5,

    /// <summary>A SYM file.</summary>
    Sym = 6,

    /// <summary>A PDB read by DIA.</summary>
    Dia = 7,
}
