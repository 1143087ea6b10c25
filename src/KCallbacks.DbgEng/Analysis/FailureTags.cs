using System.Text;

namespace KCallbacks.DbgEng.Analysis;

/// <summary>The tags that entries of an analysis may have (<c>IDebugFAEntryTags</c>). It is no COM object and is never released.</summary>
public sealed unsafe class FailureTags
{
    private readonly nint _pointer;

    internal FailureTags(nint pointer) => _pointer = pointer;

    private static class Slot
    {
        public const int SetType = 1;
        public const int SetProperties = 3;
    }

    /// <summary>Makes a tag of our own known: a text with a name and what it means.</summary>
    /// <param name="tag">The tag, of those that are free for plug-ins.</param>
    /// <param name="kind">What its entries hold.</param>
    /// <param name="name">Its name, as it is printed.</param>
    /// <param name="meaning">A sentence.</param>
    public HResult TryDefine(uint tag, FailureEntryKind kind, string name, string meaning)
    {
        HResult typed = new(((delegate* unmanaged<nint, uint, uint, int>)Method(Slot.SetType))(_pointer, tag, (uint)kind));
        fixed (byte* nameBytes = Encoding.ASCII.GetBytes(name + "\0"), meaningBytes = Encoding.ASCII.GetBytes(meaning + "\0"))
        {
            HResult named = new(((delegate* unmanaged<nint, uint, byte*, byte*, uint*, int>)Method(Slot.SetProperties))(_pointer, tag, nameBytes, meaningBytes, null));
            return typed.Succeeded ? named : typed;
        }
    }

    private void* Method(int slot) => (*(void***)_pointer)[slot];
}
