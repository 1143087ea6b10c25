using System.Collections.Concurrent;
using System.Collections.Immutable;
using KCallbacks.Detection.Frames;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Names;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.HangShapes;

/// <summary>
/// The marks of functions, worked out once per name: thousands of threads show the same few hundred functions, and every rule has
/// several patterns.
/// </summary>
internal sealed class ShapeMarkCache
{
    /// <summary>Names remembered; a log of gigabytes may have any number of them.</summary>
    private const int Most = 1 << 14;

    private readonly ConcurrentDictionary<(string? Module, string Function), ShapeMark> _known = new();
    private readonly AddressCache<ShapeMark> _places;
    private int _count;

    public ShapeMarkCache() => _places = new(OfName);

    /// <summary>The mark of a frame's function.</summary>
    public ShapeMark Of(in StackFrame frame) => frame.InstructionPointer == 0 ? OfName(frame) : _places.Of(frame);

    private ShapeMark OfName(StackFrame frame)
    {
        if (frame.Function is not { } function || !FramePattern.CanMatch(frame.Displacement))
            return default;
        if (_known.TryGetValue((frame.Module, function), out ShapeMark known))
            return known;
        ShapeMark mark = Read(frame.Module, function);
        if (Interlocked.Increment(ref _count) <= Most)
            _known[(frame.Module, function)] = mark;
        return mark;
    }

    private static ShapeMark Read(string? module, string function)
    {
        FunctionName name = FunctionName.Of(function);
        if (name.Word.IsEmpty)
            return default;
        ReadOnlySpan<char> plainModule = ModuleName.Plain(module);
        uint patterns = 0;
        uint alsoInside = 0;
        for (int r = 0; r < ShapeRules.All.Length; r++)
        {
            if (IsAny(ShapeRules.All[r].Patterns, plainModule, name))
                patterns |= 1u << r;
            if (IsAny(ShapeRules.All[r].AlsoInside, plainModule, name))
                alsoInside |= 1u << r;
        }

        return new(patterns, alsoInside);
    }

    private static bool IsAny(ImmutableArray<FramePattern> patterns, ReadOnlySpan<char> module, FunctionName name)
    {
        foreach (FramePattern pattern in patterns)
        {
            if (pattern.Matches(module, name))
                return true;
        }

        return false;
    }
}
