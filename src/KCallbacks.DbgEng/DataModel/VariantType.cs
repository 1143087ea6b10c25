namespace KCallbacks.DbgEng.DataModel;

/// <summary>VARENUM of <c>wtypes.h</c>, as far as it is used.</summary>
internal enum VariantType : ushort
{
    Int32 = 3,
    Text = 8,
    Boolean = 11,
    Unknown = 13,
    UInt32 = 19,
    UInt64 = 21,
}
