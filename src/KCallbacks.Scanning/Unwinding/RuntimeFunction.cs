namespace KCallbacks.Scanning.Unwinding;

/// <summary>RUNTIME_FUNCTION: a range of code and where its unwind data lies, all as offsets in the image.</summary>
internal readonly record struct RuntimeFunction(uint Begin, uint End, uint UnwindInfo)
{
    public const int Size = 12;

    public bool Contains(uint offset) => offset >= Begin && offset < End;
}
