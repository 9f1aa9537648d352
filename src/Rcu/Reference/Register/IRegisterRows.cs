namespace Rcu.Reference.Register;

/// <summary>The rows of a stock file as Insee publishes it, whatever its format: the names of the columns come first.</summary>
internal interface IRegisterRows
{
    /// <summary>The row read last, counted from 1 for the headers.</summary>
    long Row { get; }

    /// <summary>How many values the row has.</summary>
    int Count { get; }

    /// <summary>How far the file was read.</summary>
    long BytesRead { get; }

    /// <summary>A value of the row in UTF-8; it holds until the next one.</summary>
    ReadOnlySpan<byte> this[int field] { get; }

    /// <summary>Goes to the next row; false after the last one.</summary>
    bool Read();
}
