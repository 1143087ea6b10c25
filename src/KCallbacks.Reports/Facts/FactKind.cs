namespace KCallbacks.Reports.Facts;

/// <summary>What the value of a fact is, from which follows how each view writes it.</summary>
public enum FactKind
{
    /// <summary>Text: a string.</summary>
    Words,

    /// <summary><c>module!function</c> of the target, a string, which <c>-m</c> searches.</summary>
    Name,

    /// <summary>A count or an index: an int, a uint or a long, written in decimal digits.</summary>
    Number,

    /// <summary>An id of the operating system or the debugger: a uint; <c>dx</c> writes it in hexadecimal digits.</summary>
    Id,

    /// <summary>An address or a parameter of a call: a ulong, written as <c>0x</c> and 16 hexadecimal digits.</summary>
    Address,

    /// <summary>A truth value: a bool.</summary>
    Flag,

    /// <summary>Sentences: an immutable array of strings.</summary>
    Sentences,

    /// <summary>Indexes: an immutable array of ints.</summary>
    Numbers,

    /// <summary>Named numbers: an immutable array of <see cref="Detection.Model.DeliveredValue"/>.</summary>
    Values,

    /// <summary>Objects with facts of their own: an immutable array of callbacks, shapes, managed or rejected frames.</summary>
    List,
}
