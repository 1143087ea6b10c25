using System.Text;

namespace KCallbacks.DbgEng.Analysis;

/// <summary>An analysis of <c>!analyze</c> that is under way: its entries are what it prints.</summary>
public sealed unsafe class FailureAnalysis : EngineInterface, IEngineInterface<FailureAnalysis>
{
    private FailureAnalysis(nint pointer)
        : base(pointer)
    {
    }

    static string IEngineInterface<FailureAnalysis>.Name => "IDebugFailureAnalysis2";

    static Guid IEngineInterface<FailureAnalysis>.Iid => new("ea15c288-8226-4b70-acf6-0be6b189e3ad");

    internal static new class Slot
    {
        public const int GetFailureCode = 5;
        public const int Get = 6;
        public const int SetExtensionCommand = 14;
        public const int AddString = 18;
        public const int GetDebugFATagControl = 23;
    }

    static FailureAnalysis IEngineInterface<FailureAnalysis>.Adopt(nint pointer) => new(pointer);

    /// <summary>Asks what <c>!analyze</c> hands to its plug-ins.</summary>
    /// <param name="analysis">Its object; the reference stays the caller's.</param>
    /// <exception cref="EngineCallException">It is of another version.</exception>
    public static FailureAnalysis Of(nint analysis) => Query<FailureAnalysis>(analysis);

    /// <summary>The exception or bug check that is analysed.</summary>
    public uint FailureCode => ((delegate* unmanaged<nint, uint>)Method(Slot.GetFailureCode))(Pointer);

    /// <summary>Whether there is an entry of a tag.</summary>
    public bool Has(uint tag) => ((delegate* unmanaged<nint, uint, void*>)Method(Slot.Get))(Pointer, tag) != null;

    /// <summary>Adds a text.</summary>
    /// <param name="tag">Its tag.</param>
    /// <param name="text">ASCII; other characters become question marks.</param>
    /// <returns>Whether it was taken.</returns>
    public bool TryAddString(uint tag, string text)
    {
        fixed (byte* bytes = Encoding.ASCII.GetBytes(text + "\0"))
            return ((delegate* unmanaged<nint, uint, byte*, void*>)Method(Slot.AddString))(Pointer, tag, bytes) != null;
    }

    /// <summary>Sets the command that the debugger runs where it shows the entry.</summary>
    /// <returns>Whether it was taken.</returns>
    public bool TrySetCommand(uint tag, string command)
    {
        fixed (byte* bytes = Encoding.ASCII.GetBytes(command + "\0"))
            return ((delegate* unmanaged<nint, uint, byte*, void*>)Method(Slot.SetExtensionCommand))(Pointer, tag, bytes) != null;
    }

    /// <summary>The names of tags; null where the debugger has none to give.</summary>
    public FailureTags? FindTags()
    {
        nint tags = 0;
        HResult result = new(((delegate* unmanaged<nint, nint*, int>)Method(Slot.GetDebugFATagControl))(Pointer, &tags));
        return result.Succeeded && tags != 0 ? new FailureTags(tags) : null;
    }
}
