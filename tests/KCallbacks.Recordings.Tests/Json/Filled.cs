using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace KCallbacks.Recordings.Tests.Json;

/// <summary>Objects of the model in which every property says something, also one that is added after this was written.</summary>
internal static class Filled
{
    /// <summary>How often a type may stand within itself: a thread has a half that has none.</summary>
    private const int Deepest = 2;

    public static T Of<T>() => (T)Value(typeof(T), [])!;

    private static object? Value(Type type, ImmutableArray<Type> within)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return Value(underlying, within);
        if (within.Count(outer => outer == type) >= Deepest)
            return null;
        if (type == typeof(string))
            return $"text {within.Length}";
        if (type == typeof(bool))
            return true;
        if (type == typeof(TimeSpan))
            return new TimeSpan(1, 2, 3, 4, 5);
        if (type == typeof(ReadOnlyMemory<byte>))
            return new ReadOnlyMemory<byte>([1, 2, 3]);
        if (type.IsEnum)
            return Enum.GetValues(type).Cast<object>().Last();
        if (type.IsPrimitive)
            return Convert.ChangeType(7 + within.Length, type, System.Globalization.CultureInfo.InvariantCulture);
        return type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>) ? Items(type.GetGenericArguments()[0], within) : Object(type, within);
    }

    private static object Items(Type type, ImmutableArray<Type> within)
    {
        var items = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(type))!;
        items.Add(Value(type, within));
        return typeof(ImmutableArray).GetMethods().Single(method => method.Name == nameof(ImmutableArray.CreateRange) && method.GetParameters().Length == 1)
            .MakeGenericMethod(type).Invoke(null, [items])!;
    }

    private static object Object(Type type, ImmutableArray<Type> within)
    {
        object value = RuntimeHelpers.GetUninitializedObject(type);
        foreach (PropertyInfo property in type.GetProperties().Where(property => property.CanWrite))
            property.SetValue(value, Value(property.PropertyType, within.Add(type)));
        return value;
    }
}
