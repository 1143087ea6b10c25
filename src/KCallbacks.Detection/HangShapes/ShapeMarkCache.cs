using System.Collections.Concurrent;
using System.Collections.Immutable;
using KCallbacks.Detection.Frames;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Names;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.HangShapes;

/// <summary>Which of the rules a function speaks for, by their index.</summary>
/// <param name="Rules">Rules whose <see cref="ShapeRule.Patterns"/> it is one of.</param>
/// <param name="AlsoInside">Rules whose <see cref="ShapeRule.AlsoInside"/> it is one of.</param>
internal readonly record struct ShapeMark(ImmutableArray<int> Rules, ImmutableArray<int> AlsoInside)
{
    /// <summary>The mark of a function that speaks for none.</summary>
    public static ShapeMark None { get; } = new([], []);
}

/// <summary>
/// The marks of functions, worked out once per name: thousands of threads show the same few hundred functions, and every rule has
/// several patterns.
/// </summary>
internal sealed class ShapeMarkCache
{
    /// <summary>Names remembered; a log of gigabytes may have any number of them.</summary>
    private const int Most = 1 << 14;

    private readonly ConcurrentDictionary<(string? Module, string Function), ShapeMark> _known = new();
    private readonly ImmutableArray<ShapeRule> _rules;
    private readonly AddressCache<ShapeMark> _places;
    private int _count;

    /// <summary>Works out the marks for some rules.</summary>
    public ShapeMarkCache(ImmutableArray<ShapeRule> rules)
    {
        _rules = rules;
        _places = new(OfName);
    }

    /// <summary>The mark of a frame's function.</summary>
    public ShapeMark Of(in StackFrame frame) => frame.InstructionPointer == 0 ? OfName(frame) : _places.Of(frame);

    private ShapeMark OfName(StackFrame frame)
    {
        if (frame.Function is not { } function || !FramePattern.CanMatch(frame.Displacement))
            return ShapeMark.None;
        if (_known.TryGetValue((frame.Module, function), out ShapeMark known))
            return known;
        ShapeMark mark = Read(frame.Module, function);
        if (Interlocked.Increment(ref _count) <= Most)
            _known[(frame.Module, function)] = mark;
        return mark;
    }

    private ShapeMark Read(string? module, string function)
    {
        FunctionName name = FunctionName.Of(function);
        return name.Word.IsEmpty
            ? ShapeMark.None
            : new(Fitting(rule => rule.Patterns, ModuleName.Plain(module), name, function), Fitting(rule => rule.AlsoInside, ModuleName.Plain(module), name, function));
    }

    /// <summary>The rules one of whose patterns a function fits.</summary>
    private ImmutableArray<int> Fitting(Func<ShapeRule, ImmutableArray<FramePattern>> patternsOf, ReadOnlySpan<char> module, FunctionName name, ReadOnlySpan<char> printed)
    {
        ImmutableArray<int>.Builder? fitting = null;
        for (int r = 0; r < _rules.Length; r++)
        {
            if (IsAny(patternsOf(_rules[r]), module, name, printed))
                (fitting ??= ImmutableArray.CreateBuilder<int>()).Add(r);
        }

        return fitting?.DrainToImmutable() ?? [];
    }

    private static bool IsAny(ImmutableArray<FramePattern> patterns, ReadOnlySpan<char> module, FunctionName name, ReadOnlySpan<char> printed)
    {
        foreach (FramePattern pattern in patterns)
        {
            if (pattern.Matches(module, name, printed))
                return true;
        }

        return false;
    }
}
