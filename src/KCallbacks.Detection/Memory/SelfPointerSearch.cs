using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace KCallbacks.Detection.Memory;

/// <summary>
/// The pre-filter of every layout: finds words that point a fixed distance above themselves, as the input buffer's pointer does.
/// </summary>
internal static class SelfPointerSearch
{
    /// <summary>
    /// Address of the first aligned word at or after <paramref name="from"/> whose value is its own address plus <paramref name="distance"/>;
    /// null when there is none.
    /// </summary>
    /// <typeparam name="TWord">Pointer type of the stack: <see cref="uint"/> or <see cref="ulong"/>.</typeparam>
    public static ulong? Find<TWord>(in StackBytes stack, ulong from, uint distance)
        where TWord : unmanaged, IBinaryInteger<TWord>
    {
        ReadOnlySpan<TWord> words = stack.WordsFrom<TWord>(ref from);
        int index = IndexOf(words, TWord.CreateTruncating(from + distance));
        return index < 0 ? null : from + ((ulong)index * (ulong)Unsafe.SizeOf<TWord>());
    }

    /// <summary>Index of the first word that equals <paramref name="expected"/> plus its own offset in bytes; -1 when there is none.</summary>
    private static int IndexOf<TWord>(ReadOnlySpan<TWord> words, TWord expected)
        where TWord : unmanaged, IBinaryInteger<TWord>
    {
        TWord size = TWord.CreateTruncating(Unsafe.SizeOf<TWord>());
        int index = SkipWithoutHit(words, expected, size);
        expected += TWord.CreateTruncating(index) * size;
        for (; index < words.Length; index++, expected += size)
        {
            if (words[index] == expected)
                return index;
        }

        return -1;
    }

    /// <summary>Index of the first pair of vectors that holds a hit, or of the words left over.</summary>
    private static int SkipWithoutHit<TWord>(ReadOnlySpan<TWord> words, TWord expected, TWord size)
        where TWord : unmanaged, IBinaryInteger<TWord>
    {
        int lanes = Vector256<TWord>.Count;
        int index = 0;
        ref TWord first = ref MemoryMarshal.GetReference(words);
        Vector256<TWord> step = Vector256.Create(size * TWord.CreateTruncating(lanes));
        Vector256<TWord> low = Vector256.CreateSequence(expected, size);
        Vector256<TWord> high = low + step;
        step += step;
        for (; index <= words.Length - 2 * lanes; index += 2 * lanes, low += step, high += step)
        {
            Vector256<TWord> hits = Vector256.Equals(Vector256.LoadUnsafe(ref first, (nuint)index), low)
                | Vector256.Equals(Vector256.LoadUnsafe(ref first, (nuint)(index + lanes)), high);
            if (hits != Vector256<TWord>.Zero)
                break;
        }

        return index;
    }
}
