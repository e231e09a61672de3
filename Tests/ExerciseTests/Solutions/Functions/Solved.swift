import ExerciseFunctions

/// A chapter's functions, set to those of the solutions.
func solved<Functions: RemoteFunctions>(
  _ functions: Functions, _ set: (inout Functions) -> Void
) -> Functions {
  var solved = functions
  set(&solved)
  return solved
}
