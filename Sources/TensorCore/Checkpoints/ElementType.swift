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
  case u64 = "U64"
  case i32 = "I32"
  case u32 = "U32"
  case i16 = "I16"
  case u16 = "U16"
  case i8 = "I8"
  case u8 = "U8"
  case bool = "BOOL"

  /// The other types of the format, which cannot be read here: complex numbers and those below 16 bits.
  static let unread: Set = [
    "C64", "F4", "F6_E2M3", "F6_E3M2", "F8_E4M3", "F8_E4M3FNUZ", "F8_E5M2", "F8_E5M2FNUZ",
    "F8_E8M0",
  ]

  /// The bytes of one number.
  var size: Int {
    switch self {
    case .f64, .i64, .u64: 8
    case .f32, .i32, .u32: 4
    case .f16, .bf16, .i16, .u16: 2
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
      func exact<Number: FixedWidthInteger>(_ type: Number.Type) -> String? {
        let number = Number(littleEndian: read(type))
        guard let exact = Float(exactly: number) else { return "\(number)" }
        numbers[index] = exact
        return nil
      }
      var problem: String?
      switch self {
      case .f32: numbers[index] = Float(bitPattern: UInt32(littleEndian: read(UInt32.self)))
      case .f64:
        let number = Double(bitPattern: UInt64(littleEndian: read(UInt64.self)))
        numbers[index] = Float(number)
        if number.isFinite && numbers[index].isInfinite { problem = "\(number)" }
      case .f16: numbers[index] = halfPrecision(UInt16(littleEndian: read(UInt16.self)))
      case .bf16:
        numbers[index] = Float(
          bitPattern: UInt32(UInt16(littleEndian: read(UInt16.self))) << 16)
      case .i64: problem = exact(Int64.self)
      case .u64: problem = exact(UInt64.self)
      case .i32: problem = exact(Int32.self)
      case .u32: problem = exact(UInt32.self)
      case .i16: problem = exact(Int16.self)
      case .u16: problem = exact(UInt16.self)
      case .i8: problem = exact(Int8.self)
      case .u8, .bool: problem = exact(UInt8.self)
      }
      if let problem { return problem }
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
