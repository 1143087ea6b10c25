using System.Text;

namespace KCallbacks.Managed.Contracts;

/// <summary>
/// Takes the JSON of a descriptor apart: brackets, texts, and numbers as texts. The library's reader would make the extension larger than
/// everything else that knows of .NET; runtimes write a small part of JSON, and what is none of it is refused.
/// </summary>
/// <param name="json">The text.</param>
internal ref struct DescriptorReader(ReadOnlySpan<byte> json)
{
    private ReadOnlySpan<byte> _rest = json;

    /// <summary>The bracket that was read; <c>"</c> for a text or a number; 0 at the end, and where the text is damaged.</summary>
    public char Token { get; private set; }

    /// <summary>The text that was read, or the number.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Whether no token comes any more.</summary>
    public readonly bool IsAtEnd => Token == '\0';

    /// <summary>Reads the next token. What stands between two is not looked at.</summary>
    public void Read()
    {
        _rest = _rest.TrimStart(" \t\r\n,:"u8);
        Token = _rest.IsEmpty ? '\0' : (char)_rest[0];
        if (Token is '{' or '}' or '[' or ']')
            _rest = _rest[1..];
        else if (Token == '"')
            ReadText();
        else
            ReadNumber();
    }

    /// <summary>Skips the value that was begun.</summary>
    public void Skip()
    {
        for (int depth = Change(); depth > 0 && !IsAtEnd; depth += Change())
            Read();
    }

    private readonly int Change() => Token switch
    {
        '{' or '[' => 1,
        '}' or ']' => -1,
        _ => 0,
    };

    /// <summary>No name of a descriptor has a character that must be escaped.</summary>
    private void ReadText()
    {
        int end = _rest[1..].IndexOfAny((byte)'"', (byte)'\\');
        if (end < 0 || _rest[end + 1] != '"')
        {
            Fail();
            return;
        }

        Text = Encoding.UTF8.GetString(_rest[1..(end + 1)]);
        _rest = _rest[(end + 2)..];
    }

    private void ReadNumber()
    {
        int length = 0;
        while (length < _rest.Length && char.IsAsciiLetterOrDigit((char)_rest[length]))
            length++;
        if (length == 0)
        {
            Fail();
            return;
        }

        Text = Encoding.UTF8.GetString(_rest[..length]);
        Token = '"';
        _rest = _rest[length..];
    }

    private void Fail()
    {
        Token = '\0';
        _rest = [];
    }
}
