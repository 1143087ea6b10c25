using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Reflection.PortableExecutable;
using System.Text;
using KCallbacks.Detection.Model;

namespace KCallbacks.Managed.Tests;

/// <summary>
/// A process whose .NET runtime lies in memory as the tests write it: descriptor, map of code, one code heap with methods, one image
/// with code and with the metadata of this test's own assembly.
/// </summary>
internal sealed class SyntheticRuntime : IProcessView
{
    public const ulong CodeBase = 0x7ff6_8000_0000;
    public const ulong CodeSize = 0x4000;
    public const ulong ImageBase = 0x7ff6_9000_0000;
    public const ulong ImageSize = 0x14_0000;
    public const uint PrecompiledFunction = 0x2000;

    private const ulong Runtime = 0x7ff6_a000_0000;
    private const ulong Descriptor = Runtime + 0x1000;
    private const ulong Text = Runtime + 0x2000;
    private const ulong Pointers = Runtime + 0x1100;
    private const ulong Data = 0x2_0000_0000;
    private const ulong NibbleMap = Data + 0x10_0000;
    private const uint Metadata = 0x10_0000;

    private readonly SortedDictionary<ulong, byte[]> _memory = [];
    private ulong _free = Data;
    private ulong _lastLink;

    public SyntheticRuntime()
    {
        _memory[Runtime] = new byte[0x8000];
        _memory[Data] = new byte[0x20_0000];
        _memory[CodeBase] = new byte[CodeSize];
        _memory[ImageBase] = new byte[ImageSize];
        WriteDescriptor(DefaultText);
        Top = Allocate(8 + (256 * 8));
        Write(Pointers + 8, Top);
        Module = Allocate(0x100);
        Heap = Allocate(0x40);
        Write(Heap + 0x20, CodeBase);
        Write(Heap + 0x28, NibbleMap);
        CompiledFragment = AddRange(CodeBase, CodeSize, module: 0, Heap);
        AddRange(ImageBase, ImageSize, Module, heap: 0);
        WriteImage();
    }

    /// <summary>The descriptor's text: offsets as the objects below are written.</summary>
    public static string DefaultText { get; } =
        """
        {"version":0,"baseline":"empty","types":{
        "RangeSectionMap":{"TopLevelData":8},
        "RangeSectionFragment":{"Next":0,"RangeBegin":8,"RangeEndOpen":16,"RangeSection":[24,"pointer"]},
        "RangeSection":{"RangeBegin":0,"RangeEndOpen":8,"R2RModule":32,"HeapList":40},
        "CodeHeapListNode":{"MapBase":32,"HeaderMap":40},
        "RealCodeHeader":{"MethodDesc":24,"NumUnwindInfos":32,"UnwindInfos":36},
        "Module":{"Base":200,"ReadyToRunInfo":208},
        "ReadyToRunInfo":{"CompositeInfo":0,"RuntimeFunctions":8,"NumRuntimeFunctions":16,"EntryPointToMethodDescMap":24},
        "HashMap":{"Buckets":16},"Bucket":{"!":64,"Keys":0,"Values":32},
        "MethodDesc":{"!":16,"ChunkIndex":2,"Flags":6,"Flags3AndTokenRemainder":0},
        "MethodDescChunk":{"!":24,"MethodTable":0,"FlagsAndTokenRange":18},
        "MethodTable":{"Module":24,"BaseSize":4,"MTFlags2":8,"EEClassOrCanonMT":40},"EEClass":{"MethodTable":16},
        "Object":{"m_pMethTab":0},"Thread":{"OSId":48,"LinkNext":56,"GCHandle":[64,"GCHandle"]},"ThreadStore":{"FirstThreadLink":16},"DynamicMethodDesc":{"MethodName":32}},
        "globals":{"StubCodeBlockLast":["0xf","uint8"],"HashMapValueMask":["0x7fffffffffffffff","uint64"],
        "MethodDescTokenRemainderBitCount":["0xc","uint8"],"MethodDescAlignment":["0x8","uint64"],
        "ExecutionManagerCodeRangeMapAddress":[[1],"pointer"],"ThreadStore":[[0],"pointer"],"ObjectToMethodTableUnmask":["0x7","uint8"],"OperatingSystem":["windows","string"]},
        "contracts":{"ExecutionManager":2,"RuntimeTypeSystem":1,"Loader":1,"Object":1,"Thread":1}}
        """;

    public Architecture Architecture { get; init; } = Architecture.X64;

    public int? WindowsBuild => null;

    public bool IsWine => false;

    /// <summary>Name of the module that holds the runtime.</summary>
    public string RuntimeModule { get; init; } = "coreclr";

    public ImmutableArray<Module> Modules { get => field.IsDefault ? [new(RuntimeModule, Runtime, 0x8000), new("other", ImageBase, (uint)ImageSize)] : field; init; }

    public ulong? ProcessEnvironmentBlock => null;

    /// <summary>How often memory was read: what a damaged runtime may make a look-up cost.</summary>
    public int Reads { get; private set; }

    public ulong Top { get; }

    public ulong Module { get; }

    public ulong Heap { get; }

    /// <summary>The fragment of the range of the code heap.</summary>
    public ulong CompiledFragment { get; }

    public bool TryRead(ulong address, Span<byte> destination)
    {
        Reads++;
        foreach ((ulong start, byte[] bytes) in _memory)
        {
            if (address < start || address - start > (ulong)bytes.Length || (ulong)bytes.Length - (address - start) < (ulong)destination.Length)
                continue;
            bytes.AsSpan((int)(address - start), destination.Length).CopyTo(destination);
            return true;
        }

        return false;
    }

    public Symbol? FindSymbol(ulong address) => null;

    public ulong? FindFunction(string module, string function) =>
        module == RuntimeModule && function == "DotNetRuntimeContractDescriptor" ? Descriptor : null;

    /// <summary>Writes the descriptor with another text.</summary>
    public void WriteDescriptor(string text)
    {
        byte[] json = Encoding.UTF8.GetBytes(text);
        Write(Descriptor, 0x0043_4144_4343_4e44);
        Write32(Descriptor + 8, 1);
        Write32(Descriptor + 12, (uint)json.Length);
        Write(Descriptor + 16, Text);
        Write32(Descriptor + 24, 2);
        Write(Descriptor + 32, Pointers);
        json.CopyTo(SpanAt(Text, json.Length));
    }

    /// <summary>Changes a number of the descriptor's header.</summary>
    public void DamageHeader(int offset, uint value) => Write32(Descriptor + (ulong)offset, value);

    /// <summary>Adds a method that was compiled as the process ran.</summary>
    /// <param name="offset">Where its code begins in the heap; methods must ascend.</param>
    /// <param name="size">Bytes of code.</param>
    /// <param name="method">Its <c>MethodDesc</c>.</param>
    /// <param name="parts">Its RUNTIME_FUNCTION entries.</param>
    public void AddCompiled(uint offset, uint size, ulong method, params (uint Begin, uint End, uint UnwindData)[] parts)
    {
        ulong header = Allocate(36 + (parts.Length * 12));
        Write(header + 24, method);
        Write32(header + 32, (uint)parts.Length);
        for (int i = 0; i < parts.Length; i++)
        {
            Write32(header + 36 + ((ulong)i * 12), parts[i].Begin);
            Write32(header + 40 + ((ulong)i * 12), parts[i].End);
            Write32(header + 44 + ((ulong)i * 12), parts[i].UnwindData);
        }

        Write(CodeBase + offset - 8, header);
        NibbleMapWriter.Add(offset, size, unit => Read32(NibbleMap + (unit * 4)), (unit, value) => Write32(NibbleMap + (unit * 4), value));
    }

    /// <summary>Makes the <c>MethodDesc</c> of a method of this test's assembly.</summary>
    public ulong AddMethod(int row)
    {
        ulong table = Allocate(0x40);
        Write(table + 24, Module);
        ulong chunk = Allocate(24 + (4 * 16));
        Write(chunk, table);
        Write16(chunk + 18, (ushort)((row >> 12) | 0x1000));
        ulong method = chunk + 24 + 16;
        Write16(method, (ushort)((row & 0xfff) | 0x4000));
        SpanAt(method + 2, 1)[0] = 2;
        return method;
    }

    /// <summary>Makes the <c>MethodDesc</c> of code that the runtime makes for a call.</summary>
    public ulong AddStub(string name)
    {
        ulong text = Allocate(256);
        Encoding.UTF8.GetBytes(name).CopyTo(SpanAt(text, name.Length));
        ulong method = Allocate(48);
        Write16(method + 6, 7);
        Write(method + 32, text);
        return method;
    }

    /// <summary>Makes the <c>MethodTable</c> of a type of this test's assembly, with the class that it has to itself.</summary>
    /// <param name="row">Its row in the table of types.</param>
    /// <param name="fields">Fields of 8 bytes.</param>
    public ulong AddType(int row, int fields)
    {
        ulong table = Allocate(0x40);
        ulong typeClass = Allocate(0x40);
        Write32(table + 4, (uint)(16 + (fields * 8)));
        Write32(table + 8, (uint)row << 8);
        Write(table + 24, Module);
        Write(table + 40, typeClass);
        Write(typeClass + 16, table);
        return table;
    }

    /// <summary>Makes an object.</summary>
    public ulong AddObject(ulong type, params ReadOnlySpan<ulong> fields)
    {
        ulong address = Allocate(8 + (fields.Length * 8));
        Write(address, type);
        for (int i = 0; i < fields.Length; i++)
            Write(address + 8 + ((ulong)i * 8), fields[i]);
        return address;
    }

    /// <summary>Adds a thread to the end of the runtime's list; returns its record.</summary>
    public ulong AddThread(uint systemId)
    {
        if (_lastLink == 0)
        {
            ulong store = Allocate(0x40);
            ulong variable = Allocate(8);
            Write(variable, store);
            Write(Pointers, variable);
            _lastLink = store + 16;
        }

        ulong record = Allocate(0x60);
        Write(record + 48, systemId);
        Write(_lastLink, record + 56);
        _lastLink = record + 56;
        return record;
    }

    /// <summary>Gives a thread its object.</summary>
    public void SetObject(ulong record, ulong thread)
    {
        ulong handle = Allocate(8);
        Write(handle, thread);
        Write(record + 64, handle);
    }

    /// <summary>Has the image hold precompiled code of one method with an exception handler after it.</summary>
    public void AddPrecompiled(ulong method)
    {
        ulong info = Allocate(0x40);
        Write(Module + 208, info);
        ulong functions = Allocate(3 * 12);
        Write(info + 8, functions);
        Write32(info + 16, 3);
        Write32(functions, 0x1000);
        Write32(functions + 12, PrecompiledFunction);
        Write32(functions + 24, PrecompiledFunction + 0x100);
        ulong buckets = Allocate(64 * 6);
        Write32(buckets, 5);
        Write(info + 24 + 16, buckets);
        ulong key = ImageBase + PrecompiledFunction;
        ulong bucket = buckets + 64 + ((uint)(key >> 2) % 5 * 64);
        Write(bucket, key);
        Write(bucket + 32, method >> 1);
        FirstBucket = buckets + 64;
    }

    /// <summary>The first bucket of the precompiled methods' table.</summary>
    public ulong FirstBucket { get; private set; }

    public void Write(ulong address, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(SpanAt(address, 8), value);

    /// <summary>Turns over bits at random places of the runtime's data.</summary>
    public void Damage(Random random, int bytes)
    {
        for (int i = 0; i < bytes; i++)
        {
            byte[] part = random.Next(4) == 0 ? _memory[Runtime] : _memory[Data];
            int length = part == _memory[Data] ? (int)(_free - Data) : part.Length;
            part[random.Next(length)] ^= (byte)(1 << random.Next(8));
        }
    }

    private ulong AddRange(ulong begin, ulong size, ulong module, ulong heap)
    {
        ulong section = Allocate(64);
        Write(section, begin);
        Write(section + 8, begin + size);
        Write(section + 32, module);
        Write(section + 40, heap);
        ulong fragment = Allocate(32);
        Write(fragment + 8, begin);
        Write(fragment + 16, begin + size);
        Write(fragment + 24, section);
        for (ulong chunk = begin; chunk < begin + size; chunk += 1 << 17)
            PutIntoMap(chunk, fragment);
        return fragment;
    }

    private void PutIntoMap(ulong address, ulong fragment)
    {
        ulong level = Top + 8;
        for (int shift = 49; shift > 17; shift -= 8)
        {
            ulong slot = level + (((address >> shift) & 0xff) * 8);
            if (Read(slot) == 0)
                Write(slot, Allocate(256 * 8));
            level = Read(slot);
        }

        Write(level + (((address >> 17) & 0xff) * 8), fragment);
    }

    private void WriteImage()
    {
        Write(Module + 200, ImageBase);
        Write32(ImageBase + 0x3c, 0x80);
        Write16(ImageBase + 0x80 + 24, 0x20b);
        Write32(ImageBase + 0x80 + 24 + 112 + (14 * 8), 0x400);
        using var reader = new PEReader(File.OpenRead(typeof(SyntheticRuntime).Assembly.Location));
        ImmutableArray<byte> metadata = reader.GetMetadata().GetContent();
        Write32(ImageBase + 0x400 + 8, Metadata);
        Write32(ImageBase + 0x400 + 12, (uint)metadata.Length);
        metadata.AsSpan().CopyTo(SpanAt(ImageBase + Metadata, metadata.Length));
    }

    private ulong Allocate(int size)
    {
        ulong address = _free;
        _free += (ulong)((size + 15) & ~15);
        return address;
    }

    private ulong Read(ulong address) => BinaryPrimitives.ReadUInt64LittleEndian(SpanAt(address, 8));

    private uint Read32(ulong address) => BinaryPrimitives.ReadUInt32LittleEndian(SpanAt(address, 4));

    private void Write32(ulong address, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(SpanAt(address, 4), value);

    private void Write16(ulong address, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(SpanAt(address, 2), value);

    private Span<byte> SpanAt(ulong address, int length)
    {
        (ulong start, byte[] bytes) = _memory.Last(part => part.Key <= address);
        return bytes.AsSpan((int)(address - start), length);
    }
}
