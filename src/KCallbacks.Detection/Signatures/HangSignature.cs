using KCallbacks.Detection.Hangs;

namespace KCallbacks.Detection.Signatures;

/// <summary>
/// What a hang is known by in other captures, in every run, on every build of Windows, with and without symbols: which callbacks are nested,
/// what the innermost waits for, whose code it is. It holds no address, offset, number of an API, id or version (docs/signature.md).
/// </summary>
/// <param name="Position">Position of the thread that it describes.</param>
/// <param name="Text"><c>kc1|CHAIN|WAIT|HANDLER</c>, for example <c>kc1|wndproc/hook|lock|app</c>; what is not known is <c>?</c>.</param>
/// <param name="Finer">The same with the message, the handler's function and the function in which the thread waits.</param>
public sealed record HangSignature(int Position, string Text, string Finer)
{
    /// <summary>The rule by which it is made; another rule has another word.</summary>
    public const string Rule = "kc1";

    internal const char Separator = '|';

    /// <summary>What is not known.</summary>
    internal const string Unknown = "?";

    /// <summary>What is not there: the chain of a thread in no callback.</summary>
    internal const string None = "-";

    /// <summary>Chain and wait without the handler: hangs of one kind, whosever code it is.</summary>
    public string Family => Text[..Text.LastIndexOf(Separator)];

    /// <summary>The id of its bucket: 8 hexadecimal digits.</summary>
    public string Bucket => BucketOf(Text);

    /// <summary>The id of the bucket of a signature.</summary>
    public static string BucketOf(string text) => BucketId.Of(text);

    /// <summary>Whether a part is not known, so that the bucket may belong to a full one.</summary>
    public bool IsPartial => SignatureFit.IsPartial(Text);

    /// <summary>The signature of the hang; null where nothing hangs, as far as is known.</summary>
    public static HangSignature? Of(HangResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return HungThread.Of(result) is { } thread ? Of(thread) : null;
    }

    /// <summary>The signature of one thread.</summary>
    public static HangSignature Of(HangThread thread)
    {
        ArgumentNullException.ThrowIfNull(thread);
        string text = $"{Rule}|{CallbackChain.Of(thread.Finding)}|{WaitClass.Of(thread)}|{HandlerModule.Of(thread.Finding)}";
        return new HangSignature(thread.Position, text, $"{text}|{FinerParts.MessageOf(thread.Finding)}|{FinerParts.HandlerOf(thread.Finding)}|{FinerParts.WaitOf(thread)}");
    }
}
