using System.Collections.Immutable;
using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Owners;

/// <summary>Reads the lines of a text that name owners of locks or waiting threads, whatever printed them.</summary>
internal sealed class OwnerReader
{
    private readonly ImmutableArray<IOwnerForm> _forms =
    [
        new CriticalSectionForm(),
        new HandleForm(),
        new DispatcherObjectForm(),
        new ResourceForm(),
        new PortMessageForm(),
        new SyncBlockForm(),
        new SosexForm(),
        new WaitChainForm(),
        new ManagedLockForm(),
        new MexForm(),
        new KernelStructureForm(),
        new SentenceForm(),
    ];

    public OwnerReader() => Place = new OwnerPlace(Ledger);

    /// <summary>What was read.</summary>
    public OwnerLedger Ledger { get; } = new();

    /// <summary>Where the next line stands.</summary>
    public OwnerPlace Place { get; }

    /// <summary>Whether the line belongs to such a form, so that it is neither a frame nor prose.</summary>
    public bool TryRead(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> line = text.TrimStart(" \t"u8);
        if (line.IsEmpty)
            return false;
        if (BeginsTarget(line))
            Ledger.Scopes.BeginTarget();
        foreach (IOwnerForm form in _forms)
        {
            if (form.TryRead(line, Place))
                return true;
        }

        return false;
    }

    /// <summary>A command was typed; what the one before printed has ended.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="resumesTarget">Whether the target runs on.</param>
    public void Note(in Prompt prompt, bool resumesTarget)
    {
        End();
        Place.Note(prompt.Command);
        if (prompt.Process is { } process)
            Ledger.Scopes.NotePrompt(process);
        if (resumesTarget)
            Ledger.Scopes.ResumeTarget();
    }

    /// <summary>A stack or another output begins.</summary>
    public void End()
    {
        foreach (IOwnerForm form in _forms)
            form.End();
    }

    private static bool BeginsTarget(ReadOnlySpan<byte> line) =>
        line.StartsWith("Loading Dump File ["u8) || line.StartsWith("Microsoft (R) Windows Debugger Version "u8);
}
