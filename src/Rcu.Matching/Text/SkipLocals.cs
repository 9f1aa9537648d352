using System.Runtime.CompilerServices;

// Scratch memory is written before it is read: clearing it first would cost more than most of what is done with it.
[module: SkipLocalsInit]
