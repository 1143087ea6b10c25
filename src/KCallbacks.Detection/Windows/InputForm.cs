using System.Collections.Immutable;

namespace KCallbacks.Detection.Windows;

/// <summary>The order of the fields in a callback's input data, from which their offsets follow.</summary>
internal sealed class InputForm
{
    private readonly ImmutableArray<InputField> _fields;
    private readonly Lazy<InputLayout?>[] _layouts;

    public InputForm(params ImmutableArray<InputField> fields)
    {
        _fields = fields;
        _layouts = [new(() => LayOut(InputModel.Bits64)), new(() => LayOut(InputModel.Wow64)), new(() => LayOut(InputModel.Bits32))];
    }

    /// <summary>Whether live frames were seen also in 32-bit processes; else those are believed only where the thunk proves them.</summary>
    public bool IsSeenIn32Bit { get; init; }

    /// <summary>Whether pointers inside the data are captured, so that other data follows the fields.</summary>
    public bool IsCaptured => _fields[0] == InputField.Header;

    /// <summary>Where the fields lie; null when that is not known in the model.</summary>
    public InputLayout? In(InputModel model) => _layouts[(int)model].Value;

    private InputLayout? LayOut(InputModel model)
    {
        var layout = new InputLayout(model);
        foreach (InputField field in _fields)
        {
            if (field.SizeIn(model) == 0)
                return null;
            layout.Add(field);
        }

        return layout;
    }
}

/// <summary>Where the fields of an <see cref="InputForm"/> lie.</summary>
/// <param name="model">How wide they are.</param>
internal sealed class InputLayout(InputModel model)
{
    private readonly uint?[] _offsets = new uint?[(int)InputRole.Data + 1];

    /// <summary>How wide the fields are.</summary>
    public InputModel Model { get; } = model;

    /// <summary>Bytes of a pointer.</summary>
    public uint PointerSize => Model == InputModel.Bits64 ? sizeof(ulong) : (uint)sizeof(uint);

    /// <summary>Bytes up to the end of the last field.</summary>
    public uint Length { get; private set; }

    /// <summary>Bytes up to the end of the last field that is no structure: what must be there to be read.</summary>
    public uint Needed { get; private set; }

    /// <summary>Bytes of the whole structure, which the kernel rounds up to its largest field.</summary>
    public uint PaddedLength => (Length + Largest - 1) & ~(Largest - 1);

    private uint Largest { get; set; } = 1;

    /// <summary>Offset of the field with a role; null when there is none.</summary>
    public uint? OffsetOf(InputRole role) => _offsets[(int)role];

    /// <summary>Adds the next field.</summary>
    public void Add(InputField field)
    {
        uint alignment = field.AlignmentIn(Model);
        Length = (Length + alignment - 1) & ~(alignment - 1);
        if (field.Role != InputRole.Other)
            _offsets[(int)field.Role] = Length;
        Length += field.SizeIn(Model);
        if (field.Role != InputRole.Structure)
            Needed = Length;
        Largest = Math.Max(Largest, field == InputField.Window ? field.SizeIn(Model) : alignment);
    }
}
