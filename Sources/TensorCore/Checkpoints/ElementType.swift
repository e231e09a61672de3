/// The number types of a safetensors file that can be read, by their names there.
///
/// All are kept as F32: half-precision numbers and small integers exactly, F64 rounded to the nearest,
/// large integers only where one of 24 significant bits stands for them exactly.
enum ElementType: String {
  case f32 = "F32"
  case f64 = "F64"
  case f16 = "F16"
  case bf16 = "BF16"
  case i64 = "I64"
  case i32 = "I32"
  case i16 = "I16"
  case i8 = "I8"
  case u8 = "U8"
  case bool = "BOOL"

  /// The bytes of one number.
  var size: Int {
    switch self {
    case .f64, .i64: 8
    case .f32, .i32: 4
    case .f16, .bf16, .i16: 2
    case .i8, .u8, .bool: 1
    }
  }

  /// Turns `count` numbers into 32-bit ones.
  ///
  /// - Returns: a number that has no 32-bit form, as text, or nil if all have.
  func convert(_ count: Int, from bytes: UnsafeRawBufferPointer, to numbers: Pointer) -> String? {
    for index in 0..<count {
      func read<Number>(_: Number.Type) -> Number {
        bytes.loadUnaligned(
          fromByteOffset: index * MemoryLayout<Number>.size, as: Number.self)
      }
      switch self {
      case .f32: numbers[index] = Float(bitPattern: UInt32(littleEndian: read(UInt32.self)))
      case .f64:
        let number = Double(bitPattern: UInt64(littleEndian: read(UInt64.self)))
        numbers[index] = Float(number)
        if number.isFinite && numbers[index].isInfinite { return "\(number)" }
      case .f16: numbers[index] = halfPrecision(UInt16(littleEndian: read(UInt16.self)))
      case .bf16:
        numbers[index] = Float(
          bitPattern: UInt32(UInt16(littleEndian: read(UInt16.self))) << 16)
      case .i64:
        let number = Int64(littleEndian: read(Int64.self))
        guard let exact = Float(exactly: number) else { return "\(number)" }
        numbers[index] = exact
      case .i32:
        let number = Int32(littleEndian: read(Int32.self))
        guard let exact = Float(exactly: number) else { return "\(number)" }
        numbers[index] = exact
      case .i16: numbers[index] = Float(Int16(littleEndian: read(Int16.self)))
      case .i8: numbers[index] = Float(read(Int8.self))
      case .u8, .bool: numbers[index] = Float(read(UInt8.self))
      }
    }
    return nil
  }
}

/// A number of IEEE half precision: 1 bit sign, 5 bits exponent, 10 bits fraction.
///
/// `Float16` is missing on Macs with Intel processors.
private func halfPrecision(_ bits: UInt16) -> Float {
  let exponent = Int(bits >> 10 & 0x1F)
  let fraction = Float(bits & 0x3FF)
  let magnitude =
    switch exponent {
    case 0: fraction * 0x1p-24
    case 31: fraction == 0 ? Float.infinity : .nan
    default: Float(sign: .plus, exponent: exponent - 15, significand: 1 + fraction / 1024)
    }
  return bits >> 15 == 1 ? -magnitude : magnitude
}
