using System.Globalization;
using System.Text;

namespace KCallbacks.Reports.Markup;

/// <summary>Makes names fit: template arguments go first, then leading scopes, then the end.</summary>
public static class Fold
{
    /// <summary>Stands for what was left out.</summary>
    public const string Gap = "...";

    /// <summary>Shortest cut from which a name can still be guessed.</summary>
    public const int ShortestCut = 8;

    private const string CallOperator = "operator";

    private const string Scope = "::";

    /// <summary>
    /// A symbol that is longer than <paramref name="length"/> loses first its template arguments, then leading scopes, then its end; the
    /// module stays: <c>app!..::View&lt;...&gt;::OnPaint</c>.
    /// </summary>
    /// <param name="name">The symbol.</param>
    /// <param name="length">Characters to fit into.</param>
    /// <param name="gap">What stands for what is left out; another one tells names apart that would look alike.</param>
    public static string Symbol(string name, int length, string gap = Gap)
    {
        if (name.Length <= length)
            return name;
        string folded = WithoutTemplateArguments(name, gap);
        if (folded.Length <= length)
            return folded;
        int module = SymbolName.ModuleEnd(folded) + 1;
        int scope = folded.IndexOf(Scope, module, StringComparison.Ordinal);
        while (scope > 0)
        {
            int rest = scope + Scope.Length;
            if (module + gap.Length - 1 + Scope.Length + folded.Length - rest <= length)
                return string.Concat(folded.AsSpan(0, module), gap.AsSpan(0, gap.Length - 1), Scope, folded.AsSpan(rest));
            scope = folded.IndexOf(Scope, rest, StringComparison.Ordinal);
        }

        return WithoutNamespaces(folded, module, length, gap) ?? End(folded, length, gap);
    }

    /// <summary>Of a method of .NET the last scopes that fit; null for names without such scopes, and for places in modules, whose names have dots of their own.</summary>
    private static string? WithoutNamespaces(string name, int module, int length, string gap)
    {
        if (name.Contains(Scope, StringComparison.Ordinal) || name.Contains("+0x", StringComparison.Ordinal))
            return null;
        for (int dot = name.IndexOf('.', module); dot > module && dot + 1 < name.Length; dot = name.IndexOf('.', dot + 1))
        {
            if (module + gap.Length + name.Length - dot - 1 <= length)
                return string.Concat(name.AsSpan(0, module), gap, name.AsSpan(dot + 1));
        }

        return null;
    }

    /// <summary>A text too long to be of use: its middle is replaced by a number that differs where the texts do.</summary>
    public static string Long(string text, int length) =>
        text.Length <= length ? text : Middle(text, length, string.Create(CultureInfo.InvariantCulture, $"...{HashOf(text):x8}..."));

    /// <summary>The text, its middle replaced where it is longer than <paramref name="length"/>.</summary>
    public static string Middle(string text, int length, string gap = Gap)
    {
        if (text.Length <= length)
            return text;
        if (length <= gap.Length)
            return gap[..length];

        int tail = (length - gap.Length) / 2;
        int head = length - gap.Length - tail;
        if (char.IsHighSurrogate(text[head - 1]))
            head--;
        int rest = text.Length - tail;
        if (tail > 0 && char.IsLowSurrogate(text[rest]))
            rest++;
        return string.Concat(text.AsSpan(0, head), gap, text.AsSpan(rest));
    }

    /// <summary>The text, its end replaced where it is longer than <paramref name="length"/>.</summary>
    public static string End(string text, int length, string gap = Gap)
    {
        if (text.Length <= length)
            return text;
        if (length <= gap.Length)
            return gap[..length];
        int head = length - gap.Length;
        return string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[head - 1]) ? head - 1 : head), gap);
    }

    /// <summary>Words, of which the last ones are left out; where the first one is too long already, its end.</summary>
    public static string Words(string text, int length, string gap = Gap)
    {
        if (text.Length <= length || length <= gap.Length)
            return End(text, length, gap);
        int blank = text.LastIndexOf(' ', length - gap.Length - 1);
        return blank < ShortestCut ? End(text, length, gap) : $"{text.AsSpan(0, blank)} {gap}";
    }

    /// <summary><c>std::vector&lt;int,std::allocator&lt;int&gt; &gt;::push_back</c> as <c>std::vector&lt;...&gt;::push_back</c>; operators stay.</summary>
    private static string WithoutTemplateArguments(string name, string gap)
    {
        if (!name.Contains('<', StringComparison.Ordinal))
            return name;
        int[] closings = ClosingsOf(name);
        var folded = new StringBuilder(name.Length);
        int copied = 0;
        for (int i = 0; i < name.Length; i++)
        {
            if (closings[i] - i - 1 <= gap.Length)
                continue;
            folded.Append(name, copied, i + 1 - copied).Append(gap);
            copied = closings[i];
            i = copied;
        }

        return folded.Append(name, copied, name.Length - copied).ToString();
    }

    /// <summary>For each bracket that opens where the one is that closes it; 0 for everything else. One pass, whatever the name holds.</summary>
    private static int[] ClosingsOf(string name)
    {
        int[] closings = new int[name.Length];
        var open = new Stack<int>();
        bool isOperator = false;
        for (int i = 0; i < name.Length; i++)
        {
            if (name[i] == '<' && (i == 0 || name[i - 1] != '<'))
                isOperator = name.AsSpan(0, i).EndsWith(CallOperator);
            if (name[i] == '<' && !isOperator)
                open.Push(i);
            else if (name[i] == '>' && i > 0 && name[i - 1] != '-' && open.TryPop(out int start))
                closings[start] = i;
        }

        return closings;
    }

    /// <summary>FNV-1a, which is the same in every run.</summary>
    private static uint HashOf(string text)
    {
        uint hash = 2_166_136_261;
        foreach (char c in text)
            hash = (hash ^ c) * 16_777_619;
        return hash;
    }
}
