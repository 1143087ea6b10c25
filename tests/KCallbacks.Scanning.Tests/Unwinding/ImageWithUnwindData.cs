using System.Buffers.Binary;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Tests.Memory;

namespace KCallbacks.Scanning.Tests.Unwinding;

/// <summary>An x64 image made of functions with hand-written unwind data, in a process of its own.</summary>
internal sealed class ImageWithUnwindData
{
    public const ulong Base = 0x7ff6_0000_0000;

    private const int Size = 0x4000;
    private const int Headers = 0x80;
    private const int Pdata = 0x1000;

    private readonly byte[] _bytes = new byte[Size];
    private int _entries;

    public ImageWithUnwindData()
    {
        "MZ"u8.CopyTo(_bytes);
        Write(0x3c, Headers);
        "PE\0\0"u8.CopyTo(_bytes.AsSpan(Headers));
        Write(Headers + 0x18, 0x20b);
        Write(Headers + 0xa0, Pdata);
    }

    /// <summary>Adds an entry of the exception directory; entries must ascend.</summary>
    /// <param name="begin">Offset of the function's first byte.</param>
    /// <param name="end">Offset after its last byte.</param>
    /// <param name="unwindInfo">Offset of its unwind data.</param>
    public ImageWithUnwindData WithEntry(int begin, int end, int unwindInfo)
    {
        WriteEntry(Pdata + (_entries++ * 12), begin, end, unwindInfo);
        Write(Headers + 0xa4, _entries * 12);
        return this;
    }

    /// <summary>Adds a function with its UNWIND_INFO.</summary>
    public ImageWithUnwindData WithFunction(int begin, int end, int unwindInfo, params byte[] bytes) =>
        WithEntry(begin, end, unwindInfo).WithBytes(unwindInfo, bytes);

    public ImageWithUnwindData WithBytes(int offset, params byte[] bytes)
    {
        bytes.CopyTo(_bytes, offset);
        return this;
    }

    /// <summary>Writes a RUNTIME_FUNCTION anywhere, as chained unwind data has it.</summary>
    public ImageWithUnwindData WriteEntry(int offset, int begin, int end, int unwindInfo)
    {
        Write(offset, begin);
        Write(offset + 4, end);
        Write(offset + 8, unwindInfo);
        return this;
    }

    public SyntheticProcess ToProcess() => new SyntheticProcess { Modules = [new Module("app", Base, Size)] }.WithMemory(Base, _bytes);

    private void Write(int offset, int value) => BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(offset), value);
}
