//! A batch of rows as Arrow IPC bytes, and back.

use std::sync::Arc;

use arrow_ipc::reader::StreamDecoder;
use arrow_ipc::writer::StreamWriter;
use datafusion::arrow::array::{Array, ArrayRef, AsArray, RecordBatch, RecordBatchOptions};
use datafusion::arrow::buffer::Buffer;
use datafusion::arrow::datatypes::{DataType, Schema, SchemaRef};
use datafusion::arrow::error::ArrowError;

/// A batch is sent in pieces of about this many bytes.
const PIECE_BYTES: usize = 1 << 20;

/// The schema alone.
pub(super) fn encode_schema(schema: &Schema) -> Result<Vec<u8>, ArrowError> {
    StreamWriter::try_new(Vec::new(), schema)?.into_inner()
}

/// What [`encode_schema`] wrote.
pub(super) fn decode_schema(bytes: Vec<u8>) -> Result<SchemaRef, ArrowError> {
    let mut decoder = StreamDecoder::new();
    decoder.decode(&mut Buffer::from_vec(bytes))?;
    decoder.schema().ok_or_else(|| ArrowError::IpcError("a stream without a schema".to_owned()))
}

/// Writes the batches of one scan.
pub(super) struct Encoder(StreamWriter<Vec<u8>>);

impl Encoder {
    pub(super) fn new(schema: &Schema) -> Result<Self, ArrowError> {
        Ok(Self(StreamWriter::try_new(Vec::new(), schema)?))
    }

    /// The next bytes of the stream.
    pub(super) fn encode(&mut self, batch: &RecordBatch) -> Result<Vec<u8>, ArrowError> {
        if batch.num_columns() > 0 {
            self.0.write(batch)?;
        }
        Ok(std::mem::take(self.0.get_mut()))
    }
}

/// Reads the batches of one scan.
pub(super) struct Decoder {
    schema: SchemaRef,
    decoder: StreamDecoder,
}

impl Decoder {
    pub(super) fn new(schema: SchemaRef) -> Self {
        Self { schema, decoder: StreamDecoder::new() }
    }

    /// The batch of `rows` rows in the next bytes of the stream.
    pub(super) fn decode(
        &mut self,
        rows: usize,
        bytes: Vec<u8>,
    ) -> Result<RecordBatch, ArrowError> {
        if self.schema.fields().is_empty() {
            let options = RecordBatchOptions::new().with_row_count(Some(rows));
            let schema = Arc::clone(&self.schema);
            return RecordBatch::try_new_with_options(schema, Vec::new(), &options);
        }
        let mut buffer = Buffer::from_vec(bytes);
        let batch = self.decoder.decode(&mut buffer)?;
        let batch = batch.ok_or_else(|| ArrowError::IpcError("a batch is missing".to_owned()))?;
        batch.with_schema(Arc::clone(&self.schema))
    }
}

/// The batch in pieces that carry nothing but their own rows: texts otherwise refer to whole pages.
pub(super) fn pieces(batch: &RecordBatch) -> Result<Vec<RecordBatch>, ArrowError> {
    let batch = compact(batch)?;
    let size = batch.get_array_memory_size();
    let rows = batch.num_rows();
    if size <= 2 * PIECE_BYTES || rows < 2 {
        return Ok(vec![batch]);
    }
    let step = (rows * PIECE_BYTES / size).max(1);
    let piece = |start| compact(&batch.slice(start, step.min(rows - start)));
    (0..rows).step_by(step).map(piece).collect()
}

fn compact(batch: &RecordBatch) -> Result<RecordBatch, ArrowError> {
    let column = |column: &ArrayRef| -> ArrayRef {
        match column.data_type() {
            DataType::Utf8View => Arc::new(column.as_string_view().gc()),
            DataType::BinaryView => Arc::new(column.as_binary_view().gc()),
            _ => Arc::clone(column),
        }
    };
    let columns = batch.columns().iter().map(column).collect();
    let options = RecordBatchOptions::new().with_row_count(Some(batch.num_rows()));
    RecordBatch::try_new_with_options(batch.schema(), columns, &options)
}

#[cfg(test)]
mod tests {
    use datafusion::arrow::array::{Int32Array, StringViewArray};
    use datafusion::arrow::datatypes::Field;

    use super::*;

    fn batch(rows: i32) -> RecordBatch {
        let schema = Schema::new(vec![
            Field::new("n", DataType::Int32, true),
            Field::new("text", DataType::Utf8View, true),
        ]);
        let text = |n| format!("a text that is longer than a view holds: {n:08}");
        let columns: [ArrayRef; 2] = [
            Arc::new(Int32Array::from_iter_values(0..rows)),
            Arc::new(StringViewArray::from_iter_values((0..rows).map(text))),
        ];
        RecordBatch::try_new(Arc::new(schema), columns.to_vec()).expect("a batch")
    }

    #[test]
    fn batches_come_back_as_they_were_sent() {
        let whole = batch(100_000);
        let schema = decode_schema(encode_schema(&whole.schema()).expect("bytes")).expect("schema");
        assert_eq!(schema, whole.schema());
        let mut encoder = Encoder::new(&schema).expect("an encoder");
        let mut decoder = Decoder::new(schema);
        let pieces = pieces(&whole).expect("pieces");
        assert!(pieces.len() > 3, "{}", pieces.len());
        let mut rows = 0;
        for piece in pieces {
            let bytes = encoder.encode(&piece).expect("bytes");
            assert!(bytes.len() < 2 * PIECE_BYTES, "{}", bytes.len());
            let read = decoder.decode(piece.num_rows(), bytes).expect("a batch");
            assert_eq!(read, whole.slice(rows, piece.num_rows()));
            rows += piece.num_rows();
        }
        assert_eq!(rows, 100_000);
    }

    #[test]
    fn rows_without_columns_are_counted() {
        let none = batch(5).project(&[]).expect("no columns");
        let mut encoder = Encoder::new(&none.schema()).expect("an encoder");
        let bytes = encoder.encode(&none).expect("bytes");
        let read = Decoder::new(none.schema()).decode(5, bytes).expect("a batch");
        assert_eq!((read.num_rows(), read.num_columns()), (5, 0));
    }

    #[test]
    fn a_slice_carries_its_own_texts_only() {
        let slice = batch(100_000).slice(7, 1);
        let mut encoder = Encoder::new(&slice.schema()).expect("an encoder");
        let pieces = pieces(&slice).expect("pieces");
        let bytes = encoder.encode(&pieces[0]).expect("bytes");
        assert!(bytes.len() < 2_000, "{}", bytes.len());
    }
}
