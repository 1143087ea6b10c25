using System.Globalization;
using System.Text;
using KCallbacks.DbgEng.DataModel;

namespace KCallbacks.Extension.DataModel;

/// <summary>
/// Lists as objects. A list is displayed as what it holds: a grid or an agent shows no more of it than that line.
/// </summary>
internal static class ListClass
{
    /// <summary>Characters of the line.</summary>
    private const int LongestLine = 1_000;

    private const string Separator = "; ";

    /// <summary>A kind of lists.</summary>
    /// <param name="debugger">The data model.</param>
    /// <param name="name">Name of the kind.</param>
    /// <param name="box">Makes the object of an item.</param>
    /// <param name="display">The line of an item.</param>
    public static ModelClass<IReadOnlyList<T>> Of<T>(DebuggerModel debugger, string name, Func<T, ModelObject> box, Func<T, string> display) =>
        new(debugger, name, [], items => Line(items.Count, position => display(items[position])), items => new ModelList<T>(items, box));

    /// <summary>The items on a line, as far as they fit; of a longer list how many there are.</summary>
    private static string Line(int count, Func<int, string> display)
    {
        var line = new StringBuilder();
        for (int position = 0; position < count; position++)
        {
            string text = display(position);
            if (line.Length + text.Length > LongestLine)
                return line.Append(CultureInfo.InvariantCulture, $"... {count} in all").ToString();
            line.Append(text).Append(position < count - 1 ? Separator : "");
        }

        return line.ToString();
    }
}
