using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Frames;

/// <summary>Skips the parameters that <c>kp</c>, <c>kP</c> and Visual Studio print after a name.</summary>
internal static class ParameterList
{
    /// <summary>Skips a parameter list at the cursor, if there is one; false when it is not closed on this line.</summary>
    public static bool Skip(ref LineCursor line)
    {
        if (line.TryTake(" ()"u8) || line.Next != '(')
            return true;

        line.Position++;
        return Close(ref line, depth: 1);
    }

    /// <summary>Moves after the parenthesis that closes a list opened before; false when it is not on this line.</summary>
    public static bool Close(ref LineCursor line, int depth = 1)
    {
        bool quoted = false;
        for (; !line.AtEnd; line.Position++)
        {
            switch (line.Next)
            {
                case (byte)'"':
                    quoted = !quoted;
                    break;
                case (byte)'(' when !quoted:
                    depth++;
                    break;
                case (byte)')' when !quoted && --depth == 0:
                    line.Position++;
                    return true;
            }
        }

        return false;
    }
}
