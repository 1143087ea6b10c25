namespace KCallbacks.Detection.Windows;

/// <summary>
/// The sixth argument of <c>NtUserMessageCall</c>, which says what the call is for: the same in user32 7601 to 26100, x64 and WoW64,
/// and under Wine 8.
/// </summary>
internal static class MessageCallType
{
    /// <summary>Index of the argument.</summary>
    public const int Argument = 5;

    /// <summary>SendMessage.</summary>
    public const uint Send = 0x2b1;

    /// <summary>SendMessage to all top-level windows; the first argument is the desktop's window, whose owner has no part in it.</summary>
    public const uint Broadcast = 0x2b2;

    /// <summary>SendMessageTimeout; the fifth argument points at its flags and its time.</summary>
    public const uint SendWithTimeout = 0x2b3;

    /// <summary>BroadcastSystemMessage; as <see cref="Broadcast"/>.</summary>
    public const uint BroadcastSystem = 0x2b5;

    /// <summary>How the names of user32's functions begin that send a message and wait for the answer.</summary>
    public const string Sending = "SendMessage";

    /// <summary>The same, of those that wait for a limited time.</summary>
    public const string SendingWithTimeout = "SendMessageTimeout";

    /// <summary>The same, of those that are called back with the answer and do not wait.</summary>
    public const string SendingWithAnswerLater = "SendMessageCallback";

    /// <summary>Offset of the time in milliseconds in what SendMessageTimeout's fifth argument points at.</summary>
    public const uint TimeoutOffset = 4;
}
