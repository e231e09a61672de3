/// Why a checkpoint could not be written, read, or loaded into a model.
public enum CheckpointError: Error, Equatable, CustomStringConvertible {
  /// The system refused to open, read or write the file.
  case system(path: String, action: String, reason: String)
  /// The file is not a whole safetensors file.
  case malformed(path: String, problem: String)
  /// A tensor holds numbers that 32-bit floating-point numbers cannot stand for, or of an unread type.
  case unsupported(path: String, tensor: String, problem: String)
  /// The file is whole, but not one of this model, optimizer or generator; nothing was changed.
  case doesNotFit(problem: String)

  /// What is wrong, where, and what to do.
  public var description: String {
    switch self {
    case .system(let path, let action, let reason): "cannot \(action) \(path): \(reason)"
    case .malformed(let path, let problem):
      "\(path) is not a whole safetensors file: \(problem). "
        + "Copy or download it again, or go back to an earlier checkpoint."
    case .unsupported(let path, let tensor, let problem):
      "\(path), tensor \(tensor): \(problem). Save it as F32."
    case .doesNotFit(let problem):
      "the checkpoint does not fit, nothing was changed: \(problem). "
        + "Build the model with the sizes it was saved with."
    }
  }
}
