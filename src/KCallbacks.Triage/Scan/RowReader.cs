using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using KCallbacks.Triage.Rows;

namespace KCallbacks.Triage.Scan;

/// <summary>Reads of a line what a report counts, and no more of it than that: the signature is the last.</summary>
/// <param name="texts">Texts of all rows.</param>
internal sealed class RowReader(SharedTexts texts)
{
    private char[] _buffer = new char[512];

    /// <summary>Reads a row.</summary>
    /// <returns>False when the line is none.</returns>
    public bool TryRead(ReadOnlySpan<byte> line, RowPlace place, [NotNullWhen(true)] out ScannedRow? row)
    {
        row = null;
        try
        {
            // A line that was cut and went on does not end in a brace.
            if (line is [(byte)'{', .., (byte)'}'])
                row = Read(line, place);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            return false;
        }

        return row is not null;
    }

    private ScannedRow? Read(ReadOnlySpan<byte> line, RowPlace place)
    {
        var json = new Utf8JsonReader(line);
        string? path = null;
        string? state = null, signature = null, program = null, version = null, windows = null, machine = null;
        long? size = null;
        DateTime? modified = null, made = null;
        DateTime analyzed = default;
        TriageOutcome? outcome = null;
        bool isWhole = false;
        json.Read();
        while (!isWhole && json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            Member member = MemberOf(json.ValueSpan);
            json.Read();
            switch (member)
            {
                case Member.Path:
                    path = json.GetString();
                    break;
                case Member.Size:
                    size = json.TokenType == JsonTokenType.Null ? null : json.GetInt64();
                    break;
                case Member.Modified:
                    modified = TimeOf(ref json);
                    break;
                case Member.Outcome:
                    outcome = OutcomeOf(ref json);
                    break;
                case Member.Analyzed:
                    analyzed = TimeOf(ref json) ?? default;
                    break;
                case Member.Program:
                    program = TextOf(ref json);
                    break;
                case Member.Version:
                    version = TextOf(ref json);
                    break;
                case Member.Windows:
                    windows = TextOf(ref json);
                    break;
                case Member.Machine:
                    machine = TextOf(ref json);
                    break;
                case Member.Made:
                    made = TimeOf(ref json);
                    break;
                case Member.State:
                    state = TextOf(ref json);
                    break;
                case Member.Signature:
                    signature = TextOf(ref json);
                    isWhole = true;
                    break;
                default:
                    json.Skip();
                    break;
            }
        }

        return path is null || outcome is not { } known || !isWhole ? null : new ScannedRow(RowKey.Of(path, size, modified), analyzed, made ?? modified ?? default, known, place, size ?? 0)
        {
            State = state,
            Signature = signature,
            Program = program,
            Version = version,
            Windows = windows,
            Machine = machine,
        };
    }

    /// <summary>By their lengths first: most members are none of these.</summary>
    private static Member MemberOf(ReadOnlySpan<byte> name) => name.Length switch
    {
        4 when name.SequenceEqual("path"u8) => Member.Path,
        4 when name.SequenceEqual("size"u8) => Member.Size,
        4 when name.SequenceEqual("made"u8) => Member.Made,
        5 when name.SequenceEqual("state"u8) => Member.State,
        7 when name.SequenceEqual("outcome"u8) => Member.Outcome,
        7 when name.SequenceEqual("program"u8) => Member.Program,
        7 when name.SequenceEqual("version"u8) => Member.Version,
        7 when name.SequenceEqual("windows"u8) => Member.Windows,
        7 when name.SequenceEqual("machine"u8) => Member.Machine,
        8 when name.SequenceEqual("modified"u8) => Member.Modified,
        8 when name.SequenceEqual("analyzed"u8) => Member.Analyzed,
        9 when name.SequenceEqual("signature"u8) => Member.Signature,
        _ => Member.Other,
    };

    private static DateTime? TimeOf(ref Utf8JsonReader json) => json.TokenType == JsonTokenType.Null ? null : json.GetDateTime().ToUniversalTime();

    private static TriageOutcome? OutcomeOf(ref Utf8JsonReader json)
    {
        foreach ((byte[] word, TriageOutcome outcome) in OutcomeTraits.Words)
        {
            if (json.ValueTextEquals(word))
                return outcome;
        }

        return null;
    }

    private string? TextOf(ref Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.Null)
            return null;
        if (json.ValueSpan.Length > _buffer.Length)
            _buffer = new char[json.ValueSpan.Length];
        return texts.Of(_buffer.AsSpan(0, json.CopyString(_buffer)));
    }

    /// <summary>The members that count.</summary>
    private enum Member
    {
        Other,
        Path,
        Size,
        Modified,
        Outcome,
        Analyzed,
        Program,
        Version,
        Windows,
        Machine,
        Made,
        State,
        Signature,
    }
}
